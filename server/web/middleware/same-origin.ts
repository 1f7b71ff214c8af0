import type { Request, RequestHandler } from 'express';
import { Forbidden } from '../../errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that another site caused: browsers say where a request comes from in Sec-Fetch-Site or, older
 * ones and over plain http, in Origin. A request that says neither is refused too.
 */
export function sameOrigin(publicUrl: string | undefined): RequestHandler {
  return (req, _res, next) => {
    if (SAFE_METHODS.has(req.method) || isFromHere(req, publicUrl)) return next();
    throw new Forbidden(req.speak.t('app.problem.other-site'));
  };
}

function isFromHere(req: Request, publicUrl: string | undefined): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  const here = publicUrl ? new URL(publicUrl).origin : `${req.protocol}://${req.get('Host')}`;
  return req.get('Origin') === here;
}
