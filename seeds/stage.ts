import type { Clock } from '../server/clock.ts';
import type { Context } from '../server/context.ts';
import type { Queue } from '../server/queue.ts';

/** A context in which a world is built: its clock is set by hand, and the stand-in network follows it. */
export interface Stage {
  readonly context: Context;
  /** Lets both clocks show this instant. */
  setTo(at: Date): Promise<void>;
  /** Gives the network its own time back. */
  leave(): Promise<void>;
}

/** Throws when there is no rehearsal network, since a demo world must never meet a real one. */
export function openStage(context: Context, start: Date): Stage {
  const { rehearsal } = context;
  if (!rehearsal) throw new Error('A demo world needs the rehearsal network. Set REHEARSAL=on.');
  let now = start;
  const clock: Clock = {
    now: () => new Date(now),
    async until(at) {
      if (at > now) now = at;
    },
  };
  return {
    context: { ...context, clock, queue: silent(context.queue) },
    async setTo(at) {
      now = at;
      await setNetworkClock(rehearsal.x, at.toISOString());
    },
    leave: () => setNetworkClock(rehearsal.x, null),
  };
}

/** No alarm rings while the past is built; the sweep finds what lies in the future. */
function silent(queue: Queue): Queue {
  return { ...queue, wakeLane: async () => undefined, wakeLanes: async () => undefined };
}

async function setNetworkClock(url: string, now: string | null): Promise<void> {
  const response = await fetch(`${url}/rehearsal/x/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now }),
  });
  if (!response.ok)
    throw new Error(`The rehearsal network refused its clock with status ${response.status}.`);
}
