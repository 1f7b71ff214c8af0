import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { newSecret } from '../secret.ts';
import type { BlueskyAccount } from './account.ts';
import { XrpcRefusal } from './refusal.ts';
import type { BlueskyWorld } from './world.ts';

const ACCESS_MS = 2 * 3_600_000;
const REFRESH_MS = 90 * 24 * 3_600_000;
/** For this long a token that was exchanged may be exchanged again, for the same one: its answer may have got lost. */
const GRACE_MS = 2 * 3_600_000;

const claims = z.object({ scope: z.string(), sub: z.string(), exp: z.number(), jti: z.string().optional() });
type Claims = z.infer<typeof claims>;

const SCOPES = { access: 'com.atproto.appPass', refresh: 'com.atproto.refresh' } as const;

export interface Session {
  accessJwt: string;
  refreshJwt: string;
  /** When access ends, in milliseconds since 1970. */
  endsAt: number;
}

/** Opens a session. */
export function giveSession(world: BlueskyWorld, did: string): Session {
  return issue(world, did, newSecret(24));
}

/** Exchanges a refresh token. Throws ExpiredToken when it was given back, or is too old. */
export function renewSession(world: BlueskyWorld, refreshJwt: string): { did: string; session: Session } {
  const { jti = '' } = verify(world, refreshJwt, 'refresh');
  const token = world.registry.refreshToken(jti);
  const now = world.clock.now();
  if (!token || token.endsAt <= now) throw new XrpcRefusal(400, 'ExpiredToken', 'Token has been revoked');
  const nextId = token.nextId ?? newSecret(24);
  const endsAt = Math.min(token.endsAt, now + GRACE_MS);
  world.journal.record({ type: 'refresh-token-kept', token: { ...token, nextId, endsAt } });
  return { did: token.did, session: issue(world, token.did, nextId) };
}

/** Ends the session that a refresh token belongs to. */
export function endSession(world: BlueskyWorld, refreshJwt: string): void {
  const { jti = '' } = verify(world, refreshJwt, 'refresh');
  world.journal.record({ type: 'refresh-token-ended', id: jti });
}

/** The account that an access token opens. Throws InvalidToken or ExpiredToken. */
export function accountOfToken(world: BlueskyWorld, accessJwt: string): BlueskyAccount {
  const { sub } = verify(world, accessJwt, 'access');
  const account = world.registry.account(sub);
  if (!account) throw new XrpcRefusal(400, 'InvalidToken', 'Token could not be verified');
  return account;
}

function issue(world: BlueskyWorld, did: string, id: string): Session {
  const now = world.clock.now();
  const known = world.registry.refreshToken(id);
  const token = known ?? { id, did, endsAt: now + REFRESH_MS, nextId: null };
  if (!known) world.journal.record({ type: 'refresh-token-kept', token });
  const endsAt = now + ACCESS_MS;
  return {
    accessJwt: sign(world, { scope: SCOPES.access, sub: did, exp: inSeconds(endsAt), jti: newSecret(24) }),
    refreshJwt: sign(world, { scope: SCOPES.refresh, sub: did, exp: inSeconds(token.endsAt), jti: id }),
    endsAt,
  };
}

function verify(world: BlueskyWorld, token: string, use: keyof typeof SCOPES): Claims {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signatureOf(world, `${header}.${payload}`));
  const given = Buffer.from(signature);
  const isOurs = expected.length === given.length && timingSafeEqual(expected, given);
  if (!isOurs) throw new XrpcRefusal(400, 'InvalidToken', 'Token could not be verified');
  const read = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (read.scope !== SCOPES[use]) throw new XrpcRefusal(400, 'InvalidToken', 'Invalid token type');
  if (read.exp * 1000 <= world.clock.now()) throw new XrpcRefusal(400, 'ExpiredToken', 'Token has expired');
  return read;
}

function sign(world: BlueskyWorld, content: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(content)}`;
  return `${signed}.${signatureOf(world, signed)}`;
}

function signatureOf({ registry }: BlueskyWorld, signed: string): string {
  if (!registry.secret) throw new Error('The network has no secret.');
  return createHmac('sha256', registry.secret).update(signed).digest('base64url');
}

const inSeconds = (ms: number) => Math.floor(ms / 1000);
