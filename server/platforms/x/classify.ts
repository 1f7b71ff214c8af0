import type { IncomingHttpHeaders } from 'node:http';
import type { Allowance, Outcome } from '../platform.ts';
import { classifyUnanswered } from '../unanswered.ts';
import type { Answer, Problem } from './answer.ts';

type Failure = Exclude<Outcome, { kind: 'accepted' }>;
type Denied = Extract<Answer, { kind: 'denied' }>;

const REFUSALS = new Set([400, 403, 404, 413, 422]);

/** Problems of the application's access, not of this post: every other post would fail the same way. */
const ACCESS_PROBLEMS = /\/(oauth1-permissions|client-forbidden|unsupported-authentication)$/;

const DUPLICATE = /duplicate/i;

/** What a request that writes came to when it was not accepted. Whatever is not certain is unknown. */
export function classify(answer: Answer, now: Date): Failure {
  return answer.kind === 'denied' ? classifyDenied(answer, now) : classifyUnanswered('X', answer);
}

function classifyDenied({ status, headers, problem }: Denied, now: Date): Failure {
  const detail = `X answered ${status}${problem ? `: ${problem.words}` : ' with a page that is not its own.'}`;
  if (status === 401) return { kind: 'unauthorised', detail };
  if (status === 402)
    return { kind: 'limited', detail, allowance: 'payment', scope: 'app', retryAt: minutesAfter(now, 60) };
  if (status === 429)
    return {
      kind: 'limited',
      detail,
      ...scopeOf(headers, problem),
      ...whenAllowedAgain(headers, problem, now),
    };
  if (!problem) return { kind: 'unknown', detail };
  if (ACCESS_PROBLEMS.test(problem.type)) return { kind: 'unauthorised', detail };
  if (status === 403 && DUPLICATE.test(problem.words)) return { kind: 'unknown', detail };
  return { kind: REFUSALS.has(status) ? 'refused' : 'unknown', detail };
}

/** The month and the application's day are shared by all accounts. */
function scopeOf(headers: IncomingHttpHeaders, problem: Problem | null): { scope?: 'app' } {
  const isShared = problem?.period === 'Monthly' || headers['x-app-limit-24hour-remaining'] === '0';
  return isShared ? { scope: 'app' } : {};
}

/** The headers give epoch seconds. A used-up day outlasts a used-up quarter of an hour. */
function whenAllowedAgain(
  headers: IncomingHttpHeaders,
  problem: Problem | null,
  now: Date,
): { retryAt: Date; allowance: Allowance } {
  if (problem?.period === 'Monthly') return { allowance: 'month', retryAt: nextMonth(now) };
  const days = ['x-user-limit-24hour', 'x-app-limit-24hour'].flatMap((name) =>
    headers[`${name}-remaining`] === '0' ? resetOf(headers, name, now) : [],
  );
  const [latest] = days.sort((a, b) => b.getTime() - a.getTime());
  if (latest) return { allowance: 'day', retryAt: latest };
  if (problem?.period === 'Daily') return { allowance: 'day', retryAt: nextDay(now) };
  const [short] = resetOf(headers, 'x-rate-limit', now);
  return { allowance: 'short', retryAt: short ?? minutesAfter(now, 15) };
}

function resetOf(headers: IncomingHttpHeaders, name: string, now: Date): Date[] {
  const seconds = Number(headers[`${name}-reset`]);
  const at = new Date(seconds * 1000);
  return seconds > 0 && at > now ? [at] : [];
}

const minutesAfter = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000);
const nextDay = (now: Date) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
const nextMonth = (now: Date) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1));
