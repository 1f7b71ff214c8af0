import { z } from 'zod';

const claims = z.object({ exp: z.number().positive() });

/** Half of what Bluesky's own server grants. */
const UNTOLD_MS = 60 * 60_000;

/** When an access token ends, by its own word (RFC 7519, exp); an hour from now when it does not say. */
export function tokenEnd(token: string, now: Date): Date {
  const exp = claims.safeParse(payloadOf(token)).data?.exp;
  return new Date(exp === undefined ? now.getTime() + UNTOLD_MS : exp * 1000);
}

function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
