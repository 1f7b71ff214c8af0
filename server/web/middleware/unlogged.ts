import type { RequestHandler } from 'express';

/** Keeps a request out of the log: a line each time somebody opens something harmful would be a record of it. */
export const unlogged: RequestHandler = (_req, res, next) => {
  res.locals.isUnlogged = true;
  next();
};
