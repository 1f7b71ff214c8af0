import type { Context } from '../context.ts';
import { NotFound } from '../errors.ts';
import { Invitations } from '../models/invitation.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Makes an open invitation worthless. Throws NotFound when it was accepted or withdrawn before. */
export async function withdrawInvitation(
  context: Context,
  member: Actor,
  input: { invitation: string },
): Promise<void> {
  allow(member, 'members.manage');
  const open = { _id: input.invitation, kind: 'invitation', acceptedAt: null } as const;
  const invitation = await Invitations.findOneAndDelete(open).lean();
  if (!invitation) throw new NotFound('There is no such open invitation.');
  await recordEvent(context, {
    actor: member._id,
    verb: 'invitation withdrawn',
    subject: 'invitation',
    subjectId: invitation._id,
    details: { name: invitation.name },
  });
}
