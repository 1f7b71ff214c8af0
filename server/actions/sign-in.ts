import type { Context } from '../context.ts';
import type { Member } from '../domain/member.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Members } from '../models/member.ts';
import { isPassword } from './password-hash.ts';
import { recordEvent } from './record-event.ts';

/**
 * Finds whose address and password these are. Throws the same RuleViolation, after the same time, for an unknown
 * address, a wrong password, an invitation not yet accepted and a disabled member.
 */
export async function signIn(context: Context, input: { email: string; password: string }): Promise<Member> {
  const found = await Members.findOne({ email: input.email }).lean();
  const isRight = await isPassword(input.password, found?.passwordHash ?? null);
  if (!found || !isRight || found.disabledAt) {
    context.log.warn({ member: found?._id ?? null }, 'sign-in refused');
    throw new RuleViolation('sign-in-refused', 'This e-mail address and password do not belong together.');
  }
  const { passwordHash, ...member } = found;
  await recordEvent(context, {
    actor: member._id,
    verb: 'signed in',
    subject: 'member',
    subjectId: member._id,
    details: { name: member.name },
  });
  return member;
}
