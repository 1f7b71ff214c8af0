/** How long publishing waits for what, in milliseconds. */
export interface PublishingTimes {
  /** A request to a network is given up after this. */
  requestMs: number;
  /** A claim is void after this; longer than a request, so that its sender writes the outcome in time. */
  leaseMs: number;
  /** A post that could not leave this long after its due time is not sent any more without a person. */
  toleranceMs: number;
  /** An unclear outcome is looked up this long after the request can no longer be running. */
  settleMs: number;
  /** The second look comes this long after the first. */
  secondLookMs: number;
  /** A look that failed is repeated after this. */
  repeatLookMs: number;
  /** The first wait before a try again; doubles with every further try. */
  backOffMs: number;
  backOffCapMs: number;
  /** Alarms are set this far ahead. */
  horizonMs: number;
  /**
   * Alarms ring up to this long before the time: what is due then is claimed and made ready, so that at its time
   * nothing is left but to look at everything once more and to send.
   */
  leadMs: number;
  /** The intent is written down this long before the time. Who dies in between leaves an unclear outcome: keep it short. */
  intentMs: number;
}

export const PUBLISHING_TIMES: Readonly<PublishingTimes> = {
  requestMs: 20_000,
  leaseMs: 45_000,
  toleranceMs: 60 * 60_000,
  settleMs: 60_000,
  secondLookMs: 5 * 60_000,
  repeatLookMs: 60_000,
  backOffMs: 10_000,
  backOffCapMs: 10 * 60_000,
  horizonMs: 15 * 60_000,
  leadMs: 2_000,
  intentMs: 250,
};

/** How often a look may fail, and how often a post must be absent, before that decides something. */
export const LOOKS = { failed: 3, absent: 2 } as const;

/** Clocks of two machines may differ by this much, in milliseconds. */
export const CLOCK_SKEW_MS = 60_000;
