import { trusted } from 'mongoose';
import { hashToken, type Invitation, Invitations } from '../models/invitation.ts';

/** The invitation behind a one-time link that can still be used; null when it is used, over or unknown. */
export async function openLink(
  kind: Invitation['kind'],
  token: string,
  now: Date,
): Promise<Pick<Invitation, 'name' | 'email' | 'roles' | 'expiresAt'> | null> {
  const open = { kind, tokenHash: hashToken(token), acceptedAt: null, expiresAt: trusted({ $gt: now }) };
  return Invitations.findOne(open).select('name email roles expiresAt').lean<Invitation>();
}
