import { randomBytes } from 'node:crypto';
import { hashToken } from '../models/invitation.ts';

/** A token for a link that works once: shown to a person now, and never known to the database. */
export function makeToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}
