import { z } from 'zod';
import { type Allowance, RateWindows } from '../limits.ts';
import { ENDPOINTS, type EndpointName } from './endpoint-names.ts';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Requests that an endpoint takes; null means no limit. */
interface EndpointLimits {
  perUser: number | null;
  perUserDay: number | null;
  perAppDay: number | null;
}

const published: Partial<Record<EndpointName, Partial<EndpointLimits>>> = {
  createTweet: { perUser: 100, perUserDay: 2_400, perAppDay: 10_000 },
  deleteTweet: { perUser: 50 },
  me: { perUser: 75 },
  lookUpTweets: { perUser: 5_000 },
  lookUpTweet: { perUser: 5_000 },
  userTweets: { perUser: 900 },
  mentions: { perUser: 300 },
  searchRecent: { perUser: 300 },
  initializeMedia: { perUser: 1_875, perAppDay: 180_000 },
  appendMedia: { perUser: 1_875, perAppDay: 180_000 },
  finalizeMedia: { perUser: 1_875, perAppDay: 180_000 },
  uploadMedia: { perUser: 500, perAppDay: 50_000 },
  mediaStatus: { perUser: 1_000 },
  describeMedia: { perUser: 500, perAppDay: 50_000 },
};

const limit = z.int().min(0).nullable();

const limitsForm = z.strictObject({
  /** Per endpoint; what is not named keeps the published limits. */
  endpoints: z
    .partialRecord(
      z.enum(ENDPOINTS),
      z.strictObject({
        perUser: limit.optional(),
        perUserDay: limit.optional(),
        perAppDay: limit.optional(),
      }),
    )
    .default({}),
  /** For how long the network refuses the same text again; 0 lets everything through. */
  duplicateWindowMinutes: z
    .number()
    .min(0)
    .default(24 * 60),
});

export type LimitsInput = z.input<typeof limitsForm>;

export interface Spent {
  headers: Record<string, string>;
  isExceeded: boolean;
}

/** The rate limits of X and what is left of them. They start afresh with the process. */
export class XLimits {
  readonly #windows = new RateWindows();
  #settings = limitsForm.parse({});

  /** Replaces what was set before and opens all windows anew; throws a ZodError on what makes no sense. */
  set(input: LimitsInput): void {
    this.#settings = limitsForm.parse(input);
    this.#windows.reset();
  }

  get duplicateWindowMs(): number {
    return this.#settings.duplicateWindowMinutes * 60_000;
  }

  /** Counts one request and says what the headers of its answer must tell. */
  spend(endpoint: EndpointName, userId: string, now: number): Spent {
    const limits = { ...published[endpoint], ...this.#settings.endpoints[endpoint] };
    const spent: Spent = { headers: {}, isExceeded: false };
    const windows = [
      { prefix: 'x-rate-limit', limit: limits.perUser, key: `${endpoint} ${userId}`, windowMs: QUARTER_MS },
      {
        prefix: 'x-user-limit-24hour',
        limit: limits.perUserDay,
        key: `${endpoint} ${userId} day`,
        windowMs: DAY_MS,
      },
      { prefix: 'x-app-limit-24hour', limit: limits.perAppDay, key: `${endpoint} app day`, windowMs: DAY_MS },
    ];
    for (const { prefix, limit, key, windowMs } of windows) {
      if (limit === null || limit === undefined) continue;
      const allowance = this.#windows.spend(key, limit, windowMs, now);
      Object.assign(spent.headers, limitHeaders(prefix, allowance));
      spent.isExceeded ||= allowance.isExceeded;
    }
    return spent;
  }
}

/** The three headers of one window; times in whole seconds since 1970. */
export function limitHeaders(
  prefix: string,
  { limit, remaining, resetAt }: Pick<Allowance, 'limit' | 'remaining' | 'resetAt'>,
): Record<string, string> {
  return {
    [`${prefix}-limit`]: String(limit),
    [`${prefix}-remaining`]: String(remaining),
    [`${prefix}-reset`]: String(Math.ceil(resetAt / 1000)),
  };
}
