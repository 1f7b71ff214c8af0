import type { Attempt, Delivery, DeliveryState, ReadBack } from './delivery.ts';
import type { Outcome, ReadBackOutcome } from './outcome.ts';
import { LOOKS, type PublishingTimes } from './publishing-times.ts';

/** What an outcome makes of a delivery; only the fields that change. */
export type Settlement = { state: DeliveryState } & Partial<
  Pick<Delivery, 'nextAt' | 'remoteId' | 'remoteUrl' | 'publishedAt' | 'problem'>
>;

export interface SettleOptions {
  times: PublishingTimes;
  /** From 0 to 1; spreads the waits of many deliveries that failed at the same moment. */
  jitter: number;
}

/**
 * What a delivery that was being sent becomes. Pure: the same outcome at the same time always settles the same.
 * Only an outcome that is certain leads to another try; an unknown one leads to a look at the network.
 */
export function settle(
  delivery: Pick<Delivery, 'attempts'>,
  outcome: Outcome,
  now: Date,
  options: SettleOptions,
): Settlement {
  const { times } = options;
  switch (outcome.kind) {
    case 'accepted': {
      const { remoteId, remoteUrl } = outcome;
      return { state: 'published', remoteId, remoteUrl, publishedAt: now, nextAt: null, problem: '' };
    }
    case 'refused':
      return { state: 'failed', nextAt: null, problem: outcome.detail };
    case 'limited': {
      const backOff = backOffUntil(delivery, now, options);
      const retryAt = isValid(outcome.retryAt) && outcome.retryAt > now ? outcome.retryAt : backOff;
      return { state: 'retry-wait', nextAt: wholeSecond(retryAt), problem: outcome.detail };
    }
    case 'not-sent':
      return { state: 'retry-wait', nextAt: backOffUntil(delivery, now, options), problem: outcome.detail };
    case 'unauthorised':
      return { state: 'auth-needed', nextAt: null, problem: outcome.detail };
    case 'unknown':
      return { state: 'unknown', nextAt: firstLookAt(now, times), problem: outcome.detail };
  }
}

/** When a delivery whose outcome became unclear now is looked up: no request can still be running by then. */
export function firstLookAt(now: Date, times: PublishingTimes): Date {
  return later(now, times.requestMs + times.settleMs);
}

export interface ReadBackOptions {
  times: PublishingTimes;
  /** The network itself makes a second request harmless, on every server and for all time. */
  isIdempotent: boolean;
  /** Every earlier sender wrote down that it stopped, or is proven dead. */
  areSendersGone: boolean;
}

/**
 * What a look at the network makes of a delivery whose outcome is unclear. It is sent again only when it was
 * absent twice and nobody can still be sending it, or the network drops the second one by itself.
 */
export function settleReadBack(
  delivery: Pick<Delivery, 'attempts' | 'readBacks'>,
  readBack: ReadBackOutcome,
  now: Date,
  { times, isIdempotent, areSendersGone }: ReadBackOptions,
): Settlement {
  if (readBack.kind === 'found') return foundOnNetwork(readBack);
  const looks = [...looksSinceLastAttempt(delivery), readBack.kind];
  const absent = looks.filter((result) => result === 'absent').length;
  if (readBack.kind === 'failed') {
    const isOver = looks.filter((result) => result === 'failed').length >= LOOKS.failed;
    return isOver
      ? { state: 'needs-person', nextAt: null, problem: `Reading back failed: ${readBack.detail}` }
      : { state: 'reconciling', nextAt: later(now, times.repeatLookMs), problem: readBack.detail };
  }
  if (absent < LOOKS.absent) return { state: 'reconciling', nextAt: later(now, times.secondLookMs) };
  if (isIdempotent || areSendersGone) {
    return { state: 'retry-wait', nextAt: now, problem: 'Not on the network after two looks; sent again.' };
  }
  const problem = 'Not on the network, but the process that sent it may still be running.';
  return { state: 'needs-person', nextAt: null, problem };
}

function foundOnNetwork(found: ReadBackOutcome & { kind: 'found' }): Settlement {
  const { remoteId, remoteUrl, publishedAt, copies } = found;
  const problem = copies > 1 ? `Found ${copies} times on the network. Withdraw the extra ones by hand.` : '';
  return { state: 'published', remoteId, remoteUrl, publishedAt, nextAt: null, problem };
}

function looksSinceLastAttempt({
  attempts,
  readBacks,
}: Pick<Delivery, 'attempts' | 'readBacks'>): ReadBack['result'][] {
  const since = attempts.at(-1)?.startedAt.getTime() ?? 0;
  return readBacks.filter(({ at }) => at.getTime() >= since).map(({ result }) => result);
}

/**
 * Whether nobody can be sending this delivery any more: each sender wrote its end into its attempt itself,
 * or is among the incarnations that are proven dead.
 */
export function areSendersGone(attempts: readonly Attempt[], dead: ReadonlySet<string>): boolean {
  return attempts.every(({ endedAt, incarnation }) => endedAt !== null || dead.has(incarnation));
}

/** Doubles from try to try, capped; jitter takes away up to half of it. */
function backOffUntil({ attempts }: Pick<Delivery, 'attempts'>, now: Date, options: SettleOptions): Date {
  const { backOffMs, backOffCapMs } = options.times;
  const tries = Math.min(Math.max(attempts.length, 1), 30);
  const full = Math.min(backOffMs * 2 ** (tries - 1), backOffCapMs);
  return later(now, full * (1 - Math.min(Math.max(options.jitter, 0), 1) / 2));
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + Math.round(milliseconds));
}

function wholeSecond(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / 1000) * 1000);
}

function isValid(at: Date): boolean {
  return !Number.isNaN(at.getTime());
}
