import type { IncomingHttpHeaders } from 'node:http';
import type { Allowance, Outcome } from '../platform.ts';
import { classifyUnanswered } from '../unanswered.ts';
import type { Answer } from './answer.ts';

export type Failure = Exclude<Outcome, { kind: 'accepted' }>;
type Denied = Extract<Answer, { kind: 'denied' }>;

const REFUSALS = new Set([400, 403, 404, 413, 415, 422]);

/** Every other request of this session would fail the same way: a person has to look at the account. */
const ACCESS_PROBLEMS = new Set([
  'AuthenticationRequired',
  'AuthMissing',
  'ExpiredToken',
  'InvalidToken',
  'AccountTakedown',
  'AccountSuspended',
  'AccountDeactivated',
]);

/** What a request that writes came to when it was not accepted. Whatever is not certain is unknown. */
export function classify(answer: Answer, now: Date): Failure {
  return answer.kind === 'denied' ? classifyDenied(answer, now) : classifyUnanswered('Bluesky', answer);
}

function classifyDenied({ status, headers, problem }: Denied, now: Date): Failure {
  const detail = `Bluesky answered ${status}${problem ? `: ${problem.words}` : ' with a page that is not its own.'}`;
  if (status === 401) return { kind: 'unauthorised', detail };
  if (status === 429) return { kind: 'limited', detail, ...whenAllowedAgain(headers, now) };
  if (!problem) return { kind: 'unknown', detail };
  if (status < 500 && ACCESS_PROBLEMS.has(problem.name)) return { kind: 'unauthorised', detail };
  return { kind: REFUSALS.has(status) ? 'refused' : 'unknown', detail };
}

const DAY_SECONDS = 24 * 3600;

/** ratelimit-reset is in epoch seconds; the policy names its window, as in `5000;w=3600`. */
function whenAllowedAgain(headers: IncomingHttpHeaders, now: Date): { retryAt: Date; allowance: Allowance } {
  const resetAt = new Date(Number(headers['ratelimit-reset']) * 1000);
  const windowSeconds = Number(/;\s*w=(\d+)/.exec(String(headers['ratelimit-policy']))?.[1] ?? 0);
  const quarter = new Date(now.getTime() + 15 * 60_000);
  return {
    retryAt: resetAt > now ? resetAt : quarter,
    allowance: windowSeconds >= DAY_SECONDS ? 'day' : 'short',
  };
}
