import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';
import type { Fault } from '../faults.ts';
import { limitHeaders } from './limits.ts';
import { serverError, tooManyRequests, unauthorized } from './problem.ts';

/** An answer that has not been sent yet. */
export interface Reply {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** Lets a fault happen to a request. Resolves to true when it has taken the place of the answer `reply`. */
export async function strike(fault: Fault, response: Response, now: number, reply?: Reply): Promise<boolean> {
  if (fault.delayMs > 0) await wait(fault.delayMs);
  switch (fault.kind) {
    case 'slow':
      return false;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'cut-body':
      cutBody(response, reply ?? { status: 200, body: {}, headers: {} });
      return true;
    case 'html':
      response.status(fault.status).type('html').send(overCapacity(fault.status));
      return true;
    default:
      send(response, refusal(fault, now));
      return true;
  }
}

/** Answers as the API does: problems as application/problem+json, but OAuth 2 refusals as plain JSON. */
export function send(response: Response, { status, body, headers }: Reply): void {
  const isProblem = typeof body === 'object' && body !== null && 'title' in body && status >= 400;
  const type = isProblem ? 'application/problem+json' : 'application/json';
  response
    .status(status)
    .set({ ...headers, 'content-type': `${type}; charset=utf-8` })
    .end(JSON.stringify(body));
}

/** The status that a fault answers with; null when it answers nothing. */
export function statusOf(fault: Fault): number | null {
  if (fault.kind === 'reset') return null;
  if (fault.kind === 'unauthorised') return 401;
  return fault.kind === 'limited' ? 429 : fault.status;
}

function refusal(fault: Fault, now: number): Reply {
  if (fault.kind === 'unauthorised') return { status: 401, body: unauthorized().body, headers: {} };
  if (fault.kind !== 'limited')
    return { status: fault.status, body: serverError(fault.status).body, headers: {} };
  const resetAt = now + fault.resetInSeconds * 1000;
  const headers = limitHeaders('x-rate-limit', { limit: 100, remaining: 0, resetAt });
  return { status: 429, body: tooManyRequests().body, headers };
}

/** Promises the whole body and breaks off in its middle. */
function cutBody(response: Response, { status, body, headers }: Reply): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
  });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroySoon());
}

function overCapacity(status: number): string {
  return `<!DOCTYPE html><html lang="en"><head><title>${status}</title></head><body><h1>Over capacity</h1></body></html>`;
}
