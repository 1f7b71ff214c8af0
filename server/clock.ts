import { setTimeout as wait } from 'node:timers/promises';

/** The only source of the present; seeds and tests bring their own. */
export interface Clock {
  now(): Date;
  /** Resolves when it shows this instant, or when the signal is aborted. */
  until(at: Date, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  async until(at, signal) {
    // Asked again: a timer may ring a little early, and the clock may be set.
    for (let left = leftOf(at); left > 0 && !signal?.aborted; left = leftOf(at)) {
      await wait(left, undefined, { ...(signal ? { signal } : {}) }).catch(() => undefined);
    }
  },
};

function leftOf(at: Date): number {
  return at.getTime() - Date.now();
}
