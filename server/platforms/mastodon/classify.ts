import type { IncomingHttpHeaders } from 'node:http';
import type { Outcome } from '../platform.ts';
import { classifyUnanswered } from '../unanswered.ts';
import type { Answer } from './request.ts';

type Failure = Exclude<Outcome, { kind: 'accepted' }>;
type Denied = Extract<Answer, { kind: 'denied' }>;

const REFUSALS = new Set([400, 403, 404, 410, 413, 422]);

/** Problems of the account's access, not of this post: every other post would fail the same way. */
const ACCESS_PROBLEMS = /outside the authorized scopes|authenticated user|your login is|your account/i;

const DEFAULT_WAIT_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * What a request that writes came to when it was not accepted. Servers of other makes answer errors as pages or with
 * nothing at all, so the status decides; whatever is not certain is unknown.
 */
export function classify(answer: Answer, now: Date): Failure {
  return answer.kind === 'denied' ? classifyDenied(answer, now) : classifyUnanswered('Mastodon', answer);
}

function classifyDenied({ status, headers, words }: Denied, now: Date): Failure {
  const detail = `Mastodon answered ${status}${words ? `: ${words}` : ' without a reason.'}`;
  if (status === 401) return { kind: 'unauthorised', detail };
  if (status === 429) {
    return { kind: 'limited', detail, allowance: 'short', retryAt: retryAt(headers, now) };
  }
  if ((status === 403 || status === 422) && ACCESS_PROBLEMS.test(words ?? '')) {
    return { kind: 'unauthorised', detail };
  }
  return { kind: REFUSALS.has(status) ? 'refused' : 'unknown', detail };
}

/** Mastodon gives the reset as an ISO time; proxies before it like to give seconds. A time far off is not believed. */
function retryAt(headers: IncomingHttpHeaders, now: Date): Date {
  const reset = Date.parse(String(headers['x-ratelimit-reset'] ?? ''));
  const after = now.getTime() + Number(headers['retry-after'] ?? Number.NaN) * 1000;
  const at = [reset, after].find((time) => time > now.getTime() && time <= now.getTime() + DAY_MS);
  return new Date(at ?? now.getTime() + DEFAULT_WAIT_MS);
}
