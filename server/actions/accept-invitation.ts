import type { Context } from '../context.ts';
import type { InterfaceLanguage, Member } from '../domain/member.ts';
import { assertStrongPassword } from '../domain/password.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { hashToken, Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';
import { Organisations } from '../models/organisation.ts';
import { claimInvitation } from './claim-invitation.ts';
import { hashPassword } from './password-hash.ts';
import { recordEvent } from './record-event.ts';

export interface Acceptance {
  token: string;
  password: string;
  language: InterfaceLanguage;
  timeZone: string;
}

/**
 * Turns an invitation into a member with the name, address and roles it carries. Throws RuleViolation when the
 * link was used or is over, or the password is weak.
 */
export async function acceptInvitation(context: Context, input: Acceptance): Promise<Member> {
  const { token, password, language, timeZone } = input;
  const [offered, organisation] = await Promise.all([
    Invitations.findOne({ kind: 'invitation', tokenHash: hashToken(token) }).lean(),
    Organisations.findById('organisation').lean(),
  ]);
  assertStrongPassword(password, [offered?.name ?? '', offered?.email ?? '', organisation?.name ?? '']);
  const passwordHash = await hashPassword(password);
  const { name, email, roles, _id } = await claimInvitation(context, { kind: 'invitation', token });
  if (!email || (await Members.exists({ email })))
    throw new RuleViolation('link-used', 'This address is a member already.');
  const member = await Members.create({ name, email, roles, language, timeZone, passwordHash });
  await recordEvent(context, {
    actor: member._id,
    verb: 'invitation accepted',
    subject: 'member',
    subjectId: member._id,
    details: { name, invitation: _id, roles },
  });
  return member.toObject();
}
