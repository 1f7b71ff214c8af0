import { trusted } from 'mongoose';
import { hashToken, type Invitation, Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';

/** The invitation behind a one-time link that can still be used; null when it is used, over or unknown, or its member is disabled. */
export async function openLink(
  kind: Invitation['kind'],
  token: string,
  now: Date,
): Promise<Pick<Invitation, 'name' | 'email' | 'roles' | 'expiresAt'> | null> {
  const open = { kind, tokenHash: hashToken(token), acceptedAt: null, expiresAt: trusted({ $gt: now }) };
  const link = await Invitations.findOne(open).select('name email roles expiresAt member').lean<Invitation>();
  if (!link?.member) return link;
  return (await Members.exists({ _id: link.member, disabledAt: null })) ? link : null;
}
