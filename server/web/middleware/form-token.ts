import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { Forbidden } from '../../errors.ts';
import type { Vault } from '../../vault.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The token of one session; it needs no storage and changes with the session's id at sign-in. */
export function formTokenOf(vault: Vault, sessionId: string): string {
  return vault.mac(`form token of session ${sessionId}`);
}

/** Every change by a signed-in member carries the session's token, in the form or in the `X-Form-Token` header. */
export function formToken(vault: Vault): RequestHandler {
  return (req, _res, next) => {
    req.formToken = req.member ? formTokenOf(vault, req.sessionID) : '';
    if (SAFE_METHODS.has(req.method) || !req.member) return next();
    const sent = req.get('X-Form-Token') ?? (req.body as { _token?: unknown } | undefined)?._token;
    if (!isEqual(sent, req.formToken)) throw new Forbidden(req.speak.t('app.problem.stale-form'));
    return next();
  };
}

function isEqual(sent: unknown, expected: string): boolean {
  if (typeof sent !== 'string' || sent.length !== expected.length) return false;
  return timingSafeEqual(Buffer.from(sent), Buffer.from(expected));
}
