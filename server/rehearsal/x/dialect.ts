import type { Fault } from '../faults.ts';
import type { Dialect, Reply } from '../strike.ts';
import { limitHeaders } from './limits.ts';
import { serverError, tooManyRequests, unauthorized } from './problem.ts';

/** X answers problems as application/problem+json, but OAuth 2 refusals as plain JSON. */
export const dialect: Dialect = { refusal, contentType };

function contentType({ status, body }: Reply): string {
  const isProblem = typeof body === 'object' && body !== null && 'title' in body && status >= 400;
  return isProblem ? 'application/problem+json' : 'application/json';
}

function refusal(fault: Fault, now: number): Reply {
  if (fault.kind === 'unauthorised') return { status: 401, body: unauthorized().body, headers: {} };
  if (fault.kind !== 'limited')
    return { status: fault.status, body: serverError(fault.status).body, headers: {} };
  const resetAt = now + fault.resetInSeconds * 1000;
  const headers = limitHeaders('x-rate-limit', { limit: 100, remaining: 0, resetAt });
  return { status: 429, body: tooManyRequests().body, headers };
}
