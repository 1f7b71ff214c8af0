import type { ServerLimits } from './server-limits.ts';

/** Which allowance is used up; a day or a month is worth telling a person, a quarter of an hour is not. */
export type Allowance = 'short' | 'day' | 'month' | 'payment';

/** The closed set of answers to a request that writes on a network. Expected failures never throw. */
export type Outcome =
  | { kind: 'accepted'; remoteId: string; remoteUrl: string }
  /** The network said no for good. */
  | { kind: 'refused'; detail: string }
  | { kind: 'limited'; detail: string; retryAt: Date; allowance?: Allowance; scope?: 'account' | 'app' }
  /** Certain that nothing reached the network. */
  | { kind: 'not-sent'; detail: string }
  | { kind: 'unauthorised'; detail: string }
  /** It may or may not have happened. Never re-sent blindly. */
  | { kind: 'unknown'; detail: string };

/** What a look at the network found for a request that left no answer. */
export type ReadBackOutcome =
  | { kind: 'found'; remoteId: string; remoteUrl: string; publishedAt: Date; copies: number }
  | { kind: 'absent' }
  | { kind: 'failed'; detail: string };

/** What a network answered when it was asked whose credential this is. */
export type IdentityOutcome =
  | { kind: 'known'; remoteId: string; handle: string; displayName: string; limits?: ServerLimits }
  | { kind: 'unauthorised'; detail: string }
  | { kind: 'failed'; detail: string };
