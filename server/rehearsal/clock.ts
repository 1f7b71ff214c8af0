/** The time of the rehearsal networks, in milliseconds since 1970. */
export interface NetworkClock {
  now(): number;
  /** Lets the networks' time go on from `at`; null returns to the base clock. */
  setTo(at: number | null): void;
}

export function openClock(base: () => number): NetworkClock {
  let offset = 0;
  return {
    now: () => base() + offset,
    setTo(at) {
      offset = at === null ? 0 : at - base();
    },
  };
}
