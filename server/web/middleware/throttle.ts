import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const WINDOW_MS = 15 * 60_000;
const PER_ADDRESS = 50;
const PER_ACCOUNT = 10;

/**
 * Slows guessing down: failed attempts count, per address of the network and per e-mail address, whether or not
 * anybody has it. Over the limit the answer is 429 for up to 15 minutes.
 */
export function throttle(): RequestHandler[] {
  return [throttleAddress(), limiter(PER_ACCOUNT, (req) => typedEmail(req))];
}

/** Like throttle, for pages whose secret is in the link. */
export function throttleAddress(): RequestHandler {
  return limiter(PER_ADDRESS);
}

function limiter(limit: number, keyGenerator?: (req: Request) => string): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    skipSuccessfulRequests: true,
    legacyHeaders: false,
    ...(keyGenerator ? { keyGenerator } : {}),
    handler: (_req, _res, next) => next({ status: 429 }),
  });
}

function typedEmail(req: Request): string {
  const { email } = (req.body ?? {}) as { email?: unknown };
  return String(email ?? '')
    .trim()
    .toLowerCase()
    .slice(0, 254);
}
