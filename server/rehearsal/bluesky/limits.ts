import { z } from 'zod';
import { type Allowance, RateWindows } from '../limits.ts';
import type { EndpointName } from './endpoint-names.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const limit = z.int().min(0).nullable();

/** As Bluesky's own servers set them (docs.bsky.app, rate limits); null: none. */
const limitsForm = z.strictObject({
  pointsPerHour: limit.default(5_000),
  pointsPerDay: limit.default(35_000),
  blobsPerDay: limit.default(1_000),
  sessionsPerDay: limit.default(300),
});

export type LimitsInput = z.input<typeof limitsForm>;

/** What a write takes from the points of an account. */
const points: Partial<Record<EndpointName, number>> = { createRecord: 3, putRecord: 2, deleteRecord: 1 };

export interface Spent {
  headers: Record<string, string>;
  isExceeded: boolean;
}

/** The rate limits of an account and what is left of them. They start afresh with the process. */
export class BlueskyLimits {
  readonly #windows = new RateWindows();
  #settings = limitsForm.parse({});

  /** Replaces what was set before and opens all windows anew; throws a ZodError on what makes no sense. */
  set(input: LimitsInput): void {
    this.#settings = limitsForm.parse(input);
    this.#windows.reset();
  }

  /** Counts one request; the headers tell of the window in which least is left. */
  spend(endpoint: EndpointName, did: string, now: number): Spent {
    const cost = points[endpoint] ?? 1;
    const spent = this.#windowsOf(endpoint).flatMap(({ name, limit, windowMs }) =>
      limit === null
        ? []
        : [{ windowMs, ...this.#windows.spend(`${name} ${did}`, limit, windowMs, now, cost) }],
    );
    const [tightest] = spent.sort((one, other) => one.remaining - other.remaining);
    if (!tightest) return { headers: {}, isExceeded: false };
    return {
      headers: limitHeaders(tightest, tightest.windowMs),
      isExceeded: spent.some(({ isExceeded }) => isExceeded),
    };
  }

  #windowsOf(endpoint: EndpointName) {
    const { pointsPerHour, pointsPerDay, blobsPerDay, sessionsPerDay } = this.#settings;
    if (endpoint in points) {
      return [
        { name: 'hour', limit: pointsPerHour, windowMs: HOUR_MS },
        { name: 'day', limit: pointsPerDay, windowMs: DAY_MS },
      ];
    }
    if (endpoint === 'uploadBlob') return [{ name: 'blobs', limit: blobsPerDay, windowMs: DAY_MS }];
    if (endpoint === 'createSession') return [{ name: 'sessions', limit: sessionsPerDay, windowMs: DAY_MS }];
    return [];
  }
}

/** The headers of one window; the reset in whole seconds since 1970. */
export function limitHeaders(
  { limit, remaining, resetAt }: Pick<Allowance, 'limit' | 'remaining' | 'resetAt'>,
  windowMs: number,
): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'ratelimit-policy': `${limit};w=${windowMs / 1000}`,
  };
}
