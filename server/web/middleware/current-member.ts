import { promisify } from 'node:util';
import type { Request, RequestHandler } from 'express';
import type { Context } from '../../context.ts';
import { findActiveMember } from '../../queries/find-member.ts';
import { ABSOLUTE_MS } from './sessions.ts';

/** Reads the member of the session anew, so that new roles and a disabled account count at once. */
export function currentMember({ clock }: Context): RequestHandler {
  return async (req, _res, next) => {
    const { memberId, signedInAt } = req.session;
    if (!memberId || !signedInAt) return next();
    const age = clock.now().getTime() - new Date(signedInAt).getTime();
    const member = age < ABSOLUTE_MS ? await findActiveMember(memberId) : null;
    if (member) req.member = member;
    else await endSession(req);
    return next();
  };
}

/** Signs a member in under a new session id, so that an id known before is worth nothing afterwards. */
export async function startSession(req: Request, memberId: string, now: Date): Promise<void> {
  await promisify(req.session.regenerate).call(req.session);
  req.session.memberId = memberId;
  req.session.signedInAt = now.toISOString();
  req.session.userAgent = (req.get('User-Agent') ?? '').slice(0, 300);
  await promisify(req.session.save).call(req.session);
}

/** Forgets everything about this session; the rest of the request is a guest's. */
export async function endSession(req: Request): Promise<void> {
  await promisify(req.session.regenerate).call(req.session);
}
