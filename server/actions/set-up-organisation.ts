import type { Context } from '../context.ts';
import type { InterfaceLanguage, Member } from '../domain/member.ts';
import { assertStrongPassword } from '../domain/password.ts';
import { ROLES } from '../domain/roles.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Members } from '../models/member.ts';
import { Organisations } from '../models/organisation.ts';
import { claimInvitation } from './claim-invitation.ts';
import { hashPassword } from './password-hash.ts';
import { recordEvent } from './record-event.ts';

export interface Setup {
  token: string;
  organisation: string;
  funderLine: string;
  name: string;
  email: string;
  password: string;
  language: InterfaceLanguage;
  timeZone: string;
}

/**
 * Makes the first member, who holds every role, and the organisation. Throws RuleViolation when the link was
 * used, somebody is a member already or the password is weak.
 */
export async function setUpOrganisation(context: Context, input: Setup): Promise<Member> {
  const { token, organisation, funderLine, password, ...person } = input;
  assertStrongPassword(password, [person.name, person.email, organisation]);
  const passwordHash = await hashPassword(password);
  await claimInvitation(context, { kind: 'setup', token });
  if (await Members.exists({})) throw new RuleViolation('link-used', 'Somebody has set this up already.');
  const member = await Members.create({ ...person, roles: [...ROLES], passwordHash });
  await Organisations.findByIdAndUpdate(
    'organisation',
    { $set: { name: organisation, funderLine } },
    { upsert: true },
  );
  await recordEvent(context, {
    actor: member._id,
    verb: 'organisation set up',
    subject: 'organisation',
    subjectId: 'organisation',
    details: { name: organisation },
  });
  return member.toObject();
}
