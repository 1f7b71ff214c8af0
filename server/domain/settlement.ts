import {
  type Attempt,
  type Delivery,
  type DeliveryState,
  isBegun,
  isLastStep,
  type ReadBack,
  type SentPart,
  stepOf,
  textsOf,
} from './delivery.ts';
import type { Outcome, ReadBackOutcome } from './outcome.ts';
import { CLOCK_SKEW_MS, LOOKS, type PublishingTimes } from './publishing-times.ts';

/** What an outcome makes of a delivery; only the fields that change. */
export type Settlement = { state: DeliveryState } & Partial<
  Pick<
    Delivery,
    | 'nextAt'
    | 'leaseUntil'
    | 'remoteId'
    | 'remoteUrl'
    | 'publishedAt'
    | 'problem'
    | 'prepared'
    | 'preparedUntil'
  >
> & { sentPart?: SentPart };

/** The texts of a delivery and how far they are sent; settling a single post needs none of it. */
type Parts = Partial<Pick<Delivery, 'text' | 'parts' | 'sent' | 'remoteId' | 'remoteUrl' | 'publishedAt'>>;

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
  delivery: Pick<Delivery, 'attempts'> & Parts,
  outcome: Outcome,
  now: Date,
  options: SettleOptions,
): Settlement {
  const { times } = options;
  switch (outcome.kind) {
    case 'accepted': {
      const { remoteId, remoteUrl } = outcome;
      const accepted = settleAccepted(delivery, { remoteId, remoteUrl, at: now });
      if (accepted.state === 'published') return accepted;
      const leaseUntil = later(now, times.leaseMs);
      return { ...accepted, state: 'claimed', nextAt: leaseUntil, leaseUntil };
    }
    case 'refused':
      return giveUp(delivery, 'failed', outcome.detail);
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

/**
 * What an acceptance makes of a delivery: it is published, or the next part of its thread is due at once. A thread
 * stands where its first part stands.
 */
export function settleAccepted(delivery: Parts, part: SentPart): Settlement {
  const whole = { ...delivery, text: delivery.text ?? '' };
  const first = isBegun(whole)
    ? {
        remoteId: delivery.remoteId ?? null,
        remoteUrl: delivery.remoteUrl ?? null,
        publishedAt: delivery.publishedAt ?? part.at,
      }
    : { remoteId: part.remoteId, remoteUrl: part.remoteUrl, publishedAt: part.at };
  const isThread = textsOf(whole).length > 1;
  const sent = isThread ? { sentPart: part, prepared: null, preparedUntil: null } : {};
  return isLastStep(whole)
    ? { state: 'published', nextAt: null, problem: '', ...first, ...sent }
    : { state: 'retry-wait', nextAt: part.at, problem: '', ...first, ...sent };
}

/**
 * What an acceptance makes of a delivery that was given up meanwhile: it is on the network, so it is published, and a
 * person is told, who may withdraw it. The rest of a thread is not sent.
 */
export function settleGivenUp(delivery: Parts, part: SentPart): Settlement {
  const whole = { ...delivery, text: delivery.text ?? '' };
  const told = 'The network accepted it after it had been given up. Withdraw it if it is not to stand.';
  const rest = isLastStep(whole) ? '' : ends(whole, stepOf(whole) + 1);
  const problem = [told, rest].filter(Boolean).join(' ');
  return { ...settleAccepted(delivery, part), state: 'published', nextAt: null, problem };
}

const PERHAPS_THERE =
  'It was given up, but an earlier try of it ended later, without an answer: look for it on the network.';

/** What becomes of a delivery that was given up when an earlier try of it may have arrived: a person looks. */
export const perhapsThere = () => ({ state: 'needs-person', nextAt: null, problem: PERHAPS_THERE }) as const;

/**
 * Whether a try that nobody had an answer to ended after the last look at the network, or so shortly before it that
 * the clocks of two machines cannot tell.
 */
export function mayHaveArrived({ attempts, readBacks }: Pick<Delivery, 'attempts' | 'readBacks'>): boolean {
  const lastLook = Math.max(...readBacks.map(({ at }) => at.getTime()), 0);
  return attempts.some(
    ({ kind, outcome, endedAt }) =>
      kind === 'publication' && outcome === 'unknown' && (endedAt?.getTime() ?? 0) + CLOCK_SKEW_MS > lastLook,
  );
}

function ends(whole: Pick<Delivery, 'text' | 'parts'>, after: number): string {
  return `The thread ends after part ${after} of ${textsOf(whole).length}.`;
}

/** Ends a delivery that will not be sent. A thread that has begun stays on the network: published, and a person is told. */
export function giveUp(delivery: Parts, state: 'failed' | 'cancelled', problem: string): Settlement {
  const whole = { ...delivery, text: delivery.text ?? '' };
  if (!isBegun(whole)) return { state, nextAt: null, ...(state === 'failed' ? { problem } : {}) };
  const told = [problem, ends(whole, stepOf(whole))].filter(Boolean).join(' ');
  return { state: 'published', nextAt: null, problem: told };
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
  delivery: Pick<Delivery, 'attempts' | 'readBacks'> & Parts,
  readBack: ReadBackOutcome,
  now: Date,
  { times, isIdempotent, areSendersGone }: ReadBackOptions,
): Settlement {
  if (readBack.kind === 'found') return foundOnNetwork(delivery, readBack, now);
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

function foundOnNetwork(delivery: Parts, found: ReadBackOutcome & { kind: 'found' }, now: Date): Settlement {
  const { remoteId, remoteUrl, publishedAt, copies } = found;
  const settled = settleAccepted(delivery, { remoteId, remoteUrl, at: publishedAt });
  const problem = copies > 1 ? `Found ${copies} times on the network. Withdraw the extra ones by hand.` : '';
  return { ...settled, problem, ...(settled.nextAt ? { nextAt: now } : {}) };
}

function looksSinceLastAttempt({
  attempts,
  readBacks,
}: Pick<Delivery, 'attempts' | 'readBacks'>): ReadBack['result'][] {
  const last = attempts.at(-1);
  const isSince = ({ attempt, at }: ReadBack) =>
    // Clocks of two machines may differ; the number of the attempt does not. Old records have only the time.
    attempt === undefined ? at >= (last?.startedAt ?? at) : attempt === (last?.number ?? 0);
  return readBacks.filter(isSince).map(({ result }) => result);
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
