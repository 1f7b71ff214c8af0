/** What is left of a rate-limit window. */
export interface Allowance {
  limit: number;
  remaining: number;
  /** When the window opens again, in milliseconds since 1970. */
  resetAt: number;
  isExceeded: boolean;
}

interface Window {
  endsAt: number;
  used: number;
}

/** Fixed windows that open with their first request, as the networks count them. */
export class RateWindows {
  readonly #windows = new Map<string, Window>();

  /** Counts one request, or what it costs, against the window of `key`. */
  spend(key: string, limit: number, windowMs: number, now: number, cost = 1): Allowance {
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now || window.endsAt > now + windowMs) {
      window = { endsAt: now + windowMs, used: 0 };
      this.#windows.set(key, window);
    }
    window.used += cost;
    return {
      limit,
      remaining: Math.max(0, limit - window.used),
      resetAt: window.endsAt,
      isExceeded: window.used > limit,
    };
  }

  reset(): void {
    this.#windows.clear();
  }
}
