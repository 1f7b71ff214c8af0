import type { Context } from '../context.ts';
import { assertStrongPassword } from '../domain/password.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { NotFound } from '../errors.ts';
import { Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';
import type { Actor } from './allow.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { recordEvent } from './record-event.ts';

/** Gives oneself another password; an open link to a new one stops working. Throws RuleViolation when the present one is wrong or the new one is weak. */
export async function changePassword(
  context: Context,
  member: Actor,
  input: { current: string; password: string },
): Promise<void> {
  const self = await Members.findById(member._id);
  if (!self) throw new NotFound('There is no such member.');
  if (!(await isPassword(input.current, self.passwordHash))) {
    throw new RuleViolation('password-wrong', 'This is not your present password.', { field: 'current' });
  }
  assertStrongPassword(input.password, [self.name, self.email]);
  self.passwordHash = await hashPassword(input.password);
  await self.save();
  await Invitations.deleteMany({ kind: 'password', member: member._id, acceptedAt: null });
  await recordEvent(context, {
    actor: member._id,
    verb: 'password changed',
    subject: 'member',
    subjectId: member._id,
    details: { name: self.name },
  });
}
