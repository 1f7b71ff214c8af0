import { z } from 'zod';
import { type Allowance, RateWindows } from '../limits.ts';
import type { EndpointName } from './endpoint-names.ts';

const MINUTE_MS = 60_000;

const limit = z.int().min(0).nullable();

const limitsForm = z.strictObject({
  /** All requests of an account in five minutes; null: as many as it likes. */
  all: limit.default(300),
  /** Uploads in half an hour. */
  media: limit.default(30),
  /** Deletions in half an hour. */
  deletions: limit.default(30),
});

export type LimitsInput = z.input<typeof limitsForm>;

/** The rate limits of Mastodon and what is left of them. They start afresh with the process. */
export class MastodonLimits {
  readonly #windows = new RateWindows();
  #settings = limitsForm.parse({});

  /** Replaces what was set before and opens all windows anew; throws a ZodError on what makes no sense. */
  set(input: LimitsInput): void {
    this.#settings = limitsForm.parse(input);
    this.#windows.reset();
  }

  /** Counts one request; the headers tell of the tightest window, as Mastodon's do. */
  spend(endpoint: EndpointName, userId: string, now: number) {
    const { all, media, deletions } = this.#settings;
    const windows = [
      { key: 'all', limit: all, minutes: 5, counts: true },
      { key: 'media', limit: media, minutes: 30, counts: endpoint === 'uploadMedia' },
      { key: 'deletions', limit: deletions, minutes: 30, counts: endpoint === 'deleteStatus' },
    ];
    const spent = windows.flatMap(({ key, limit: most, minutes, counts }) =>
      counts && most !== null ? this.#windows.spend(`${key} ${userId}`, most, minutes * MINUTE_MS, now) : [],
    );
    const [tightest] = spent.sort((a, b) => a.remaining - b.remaining);
    return {
      headers: tightest ? limitHeaders(tightest) : {},
      isExceeded: spent.some(({ isExceeded }) => isExceeded),
    };
  }
}

/** Times are ISO 8601 with microseconds. */
export function limitHeaders({
  limit: most,
  remaining,
  resetAt,
}: Pick<Allowance, 'limit' | 'remaining' | 'resetAt'>): Record<string, string> {
  return {
    'x-ratelimit-limit': String(most),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': new Date(resetAt).toISOString().replace('Z', '000Z'),
  };
}
