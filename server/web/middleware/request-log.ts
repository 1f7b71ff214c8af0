import type { RequestHandler } from 'express';
import type { Log } from '../../log.ts';

/** One line a request. The route's pattern stands for the address, because addresses can carry one-time tokens. */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.on('close', () => {
      if (res.locals.isUnlogged) return;
      const ms = Math.round(performance.now() - startedAt);
      const route = (req.route as { path?: string } | undefined)?.path ?? null;
      const facts = { method: req.method, route, status: res.statusCode, ms, member: req.member?._id };
      if (route) log.info(facts, 'request');
      else log.debug(facts, 'request');
    });
    next();
  };
}
