import type { Request, RequestHandler, Response } from 'express';
import { mayDo, type Permission, ROLES } from '../../domain/roles.ts';
import { Forbidden } from '../../errors.ts';
import { paths } from '../paths.ts';
import { wantsPage } from '../problem.ts';

export type Access = { for: 'anyone' } | { for: 'members' } | { for: 'permission'; permission: Permission };

/** The first handler of every route; a test reads `access` to walk every route with every role. */
export interface AccessMark extends RequestHandler {
  readonly access: Access;
}

/** Open to people who are not signed in. */
export function anyone(): AccessMark {
  return mark({ for: 'anyone' }, (_req, _res, next) => next());
}

/** Open to everybody who is signed in. */
export function anyMember(): AccessMark {
  return mark({ for: 'members' }, (req, res, next) => (req.member ? next() : sendToSignIn(req, res)));
}

/** Open to members one of whose roles has this permission. */
export function allowing(permission: Permission): AccessMark {
  return mark({ for: 'permission', permission }, (req, res, next) => {
    if (!req.member) return sendToSignIn(req, res);
    if (!mayDo(req.member.roles, permission)) throw refused(req, permission);
    return next();
  });
}

function mark(access: Access, handler: RequestHandler): AccessMark {
  return Object.assign(handler, { access });
}

function sendToSignIn(req: Request, res: Response): void {
  if (wantsPage(req) && req.get('HX-Request') !== 'true') {
    const next = req.method === 'GET' && req.originalUrl !== paths.today ? req.originalUrl : undefined;
    const query = next ? `?next=${encodeURIComponent(next)}` : '';
    res.redirect(303, `${paths.newSession}${query}`);
  } else {
    res.status(401).type('application/problem+json');
    res.send(JSON.stringify({ title: req.speak.t('app.problem.signed-out-title'), status: 401 }));
  }
}

function refused(req: Request, permission: Permission): Forbidden {
  const roles = ROLES.filter((role) => mayDo([role], permission)).map((role) =>
    req.speak.label('role', role),
  );
  return new Forbidden(req.speak.t('app.problem.forbidden-roles', { roles: req.speak.list(roles) }));
}
