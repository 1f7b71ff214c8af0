import type { Request } from 'express';
import type { XAccount } from './account.ts';
import { forbidden, unauthorized } from './problem.ts';
import type { XWorld } from './world.ts';

/** Finds out who calls. Throws a 401 problem, or a 403 one when the token was not granted a scope. */
export function authenticate(world: XWorld, request: Request, scopes: readonly string[]): XAccount {
  const authorization = request.get('authorization') ?? '';
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  const userId = bearer ? userOfGrant(world, bearer, scopes) : userOfSignature(world, request, authorization);
  const account = world.registry.account(userId);
  if (!account) throw unauthorized();
  return account;
}

function userOfGrant(world: XWorld, accessToken: string, scopes: readonly string[]): string {
  const grant = world.registry.grants().find((each) => each.accessToken === accessToken);
  if (!grant || grant.expiresAt <= world.clock.now()) throw unauthorized();
  if (!scopes.every((scope) => grant.scopes.includes(scope))) throw forbidden('Forbidden');
  return grant.userId;
}

function userOfSignature(world: XWorld, request: Request, authorization: string): string {
  return world.signatures.verify({
    authorization,
    method: request.method,
    url: new URL(request.originalUrl, `https://${request.headers.host}`),
    contentType: request.get('content-type') ?? '',
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  }).userId;
}
