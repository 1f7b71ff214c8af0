import type { RequestHandler } from 'express';
import type { Log } from '../../log.ts';

/** A request that takes longer is worth a line of its own, in milliseconds. */
const SLOW = 1_000;
/** Somebody was kept out: not signed in, not allowed, under another name, too often. */
const KEPT_OUT = [401, 403, 421, 429];

/**
 * One line a request: a warning when it failed here, shown by default when somebody was kept out or it was slow, else
 * at `debug`. The route's pattern stands for the address, because addresses can carry one-time tokens.
 */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.on('close', () => {
      if (res.locals.isUnlogged) return;
      const ms = Math.round(performance.now() - startedAt);
      const route = (req.route as { path?: string } | undefined)?.path ?? null;
      const facts = { method: req.method, route, status: res.statusCode, ms, member: req.member?._id };
      if (res.statusCode >= 500) log.warn(facts, 'request');
      else if (ms > SLOW || KEPT_OUT.includes(res.statusCode)) log.info(facts, 'request');
      else log.debug(facts, 'request');
    });
    next();
  };
}
