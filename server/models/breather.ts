import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds after which everything else in this process gets its turn. */
const TURN_MS = 8;

/** Called between the steps of long work, it lets others in whenever the work has lasted for a turn. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}
