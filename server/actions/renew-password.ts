import type { Context } from '../context.ts';
import { assertStrongPassword } from '../domain/password.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { hashToken, Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';
import { Sessions } from '../models/session.ts';
import { claimInvitation } from './claim-invitation.ts';
import { hashPassword } from './password-hash.ts';
import { recordEvent } from './record-event.ts';

/**
 * Chooses a new password through a one-time link and ends every session of that member. Throws RuleViolation when
 * the link was used or is over, the member is disabled by now, or the password is weak; a weak one does not use
 * the link up.
 */
export async function renewPassword(
  context: Context,
  input: { token: string; password: string },
): Promise<void> {
  const offered = await Invitations.findOne({ kind: 'password', tokenHash: hashToken(input.token) }).lean();
  assertStrongPassword(input.password, [offered?.name ?? '', offered?.email ?? '']);
  const passwordHash = await hashPassword(input.password);
  const link = await claimInvitation(context, { kind: 'password', token: input.token });
  const renewed = await Members.findOneAndUpdate(
    { _id: link.member ?? '', disabledAt: null },
    { $set: { passwordHash }, $inc: { version: 1 } },
  ).lean();
  if (!renewed) throw new RuleViolation('link-used', 'This link is no longer valid.');
  await Sessions.deleteMany({ 'session.memberId': renewed._id });
  await recordEvent(context, {
    actor: renewed._id,
    verb: 'password renewed',
    subject: 'member',
    subjectId: renewed._id,
    details: { name: renewed.name },
  });
}
