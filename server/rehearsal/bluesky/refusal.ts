import type { Fault } from '../faults.ts';
import type { Dialect, Reply } from '../strike.ts';
import { limitHeaders } from './limits.ts';

/** A refusal, thrown by a method and answered as its name and its message. */
export class XrpcRefusal extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.name = 'XrpcRefusal';
    this.status = status;
    this.error = error;
  }

  get body() {
    return { error: this.error, message: this.message };
  }
}

export const invalidRequest = (message: string) => new XrpcRefusal(400, 'InvalidRequest', message);

export const rateLimitExceeded = () => new XrpcRefusal(429, 'RateLimitExceeded', 'Rate Limit Exceeded');

export const authMissing = () => new XrpcRefusal(401, 'AuthMissing', 'Authentication Required');

/** How servers of this network word what every network has to say. */
export const dialect: Dialect = { refusal, contentType: () => 'application/json' };

const serverErrors: Record<number, readonly [string, string]> = {
  501: ['MethodNotImplemented', 'Method Not Implemented'],
  502: ['UpstreamFailure', 'Upstream Failure'],
  503: ['NotEnoughResources', 'Not Enough Resources'],
  504: ['UpstreamTimeout', 'Upstream Timeout'],
};

function refusal(fault: Fault, now: number): Reply {
  if (fault.kind === 'unauthorised') return { status: 401, body: authMissing().body, headers: {} };
  if (fault.kind === 'limited') {
    const resetAt = now + fault.resetInSeconds * 1000;
    const headers = limitHeaders({ limit: 5_000, remaining: 0, resetAt }, 3_600_000);
    return { status: 429, body: rateLimitExceeded().body, headers };
  }
  const [error, message] = serverErrors[fault.status] ?? ['InternalServerError', 'Internal Server Error'];
  return { status: fault.status, body: { error, message }, headers: {} };
}
