import type { Context } from '../context.ts';
import type { Role } from '../domain/roles.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';
import { type Actor, allow } from './allow.ts';
import { makeToken } from './one-time-token.ts';
import { recordEvent } from './record-event.ts';

const VALID_DAYS = 7;

/**
 * Invites somebody; the returned token is shown once. An open invitation to the same address is replaced.
 * Throws RuleViolation when a member already has the address.
 */
export async function inviteMember(
  context: Context,
  member: Actor,
  input: { name: string; email: string; roles: Role[] },
): Promise<{ token: string; expiresAt: Date }> {
  allow(member, 'members.manage');
  if (await Members.exists({ email: input.email })) {
    throw new RuleViolation('email-taken', 'Somebody with this e-mail address is already a member.', {
      field: 'email',
    });
  }
  const { token, tokenHash } = makeToken();
  const expiresAt = new Date(context.clock.now().getTime() + VALID_DAYS * 86_400_000);
  await Invitations.deleteMany({ kind: 'invitation', email: input.email, acceptedAt: null });
  const invitation = await Invitations.create({
    kind: 'invitation',
    tokenHash,
    ...input,
    invitedBy: member._id,
    expiresAt,
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'member invited',
    subject: 'invitation',
    subjectId: invitation._id,
    details: { name: input.name, roles: input.roles },
  });
  return { token, expiresAt };
}
