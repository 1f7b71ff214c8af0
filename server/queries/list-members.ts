import { trusted } from 'mongoose';
import type { Member } from '../domain/member.ts';
import { NotFound } from '../errors.ts';
import { type Invitation, Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';

export type OpenInvitation = Pick<Invitation, '_id' | 'name' | 'email' | 'roles' | 'expiresAt'>;

/** All members by name, and the invitations that can still be accepted. */
export async function listMembers(now: Date): Promise<{ members: Member[]; invitations: OpenInvitation[] }> {
  const [members, invitations] = await Promise.all([
    Members.find().select('-passwordHash').sort({ name: 1 }).lean<Member[]>(),
    Invitations.find({ kind: 'invitation', acceptedAt: null, expiresAt: trusted({ $gt: now }) })
      .select('name email roles expiresAt')
      .sort({ expiresAt: 1 })
      .lean<OpenInvitation[]>(),
  ]);
  return { members, invitations };
}

/** One member, disabled or not. Throws NotFound. */
export async function readMember(id: string): Promise<Member> {
  const member = await Members.findById(id).select('-passwordHash').lean<Member>();
  if (!member) throw new NotFound('There is no such member.');
  return member;
}
