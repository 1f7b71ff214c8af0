import { createHash, randomBytes } from 'node:crypto';

/** A token for a link that works once: shown to a person now, and never known to the database. */
export function makeToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** SHA-256 in hex; enough for a secret of 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
