import type { Context } from '../context.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { NotFound } from '../errors.ts';
import { Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';
import { type Actor, allow } from './allow.ts';
import { makeToken } from './one-time-token.ts';
import { recordEvent } from './record-event.ts';

const VALID_HOURS = 24;

/**
 * Makes the one-time link with which a member who forgot the password chooses another; the returned token is
 * shown once. An earlier link of the same member stops working. `actor` is null when whoever holds the machine
 * asks. Throws NotFound for an unknown member and RuleViolation for a disabled one.
 */
export async function makePasswordLink(
  context: Context,
  actor: Actor | null,
  input: { member: string },
): Promise<{ token: string; name: string; expiresAt: Date }> {
  if (actor) allow(actor, 'members.manage');
  const member = await Members.findById(input.member).lean();
  if (!member) throw new NotFound('There is no such member.');
  if (member.disabledAt) {
    throw new RuleViolation('member-disabled', 'A disabled member cannot sign in. Let them back in first.');
  }
  const { token, tokenHash } = makeToken();
  const expiresAt = new Date(context.clock.now().getTime() + VALID_HOURS * 3_600_000);
  await Invitations.deleteMany({ kind: 'password', member: member._id, acceptedAt: null });
  await Invitations.create({
    kind: 'password',
    tokenHash,
    name: member.name,
    email: member.email,
    roles: [],
    member: member._id,
    invitedBy: actor?._id ?? null,
    expiresAt,
  });
  await recordEvent(context, {
    actor: actor?._id ?? null,
    verb: 'password link made',
    subject: 'member',
    subjectId: member._id,
    details: { name: member.name },
  });
  return { token, name: member.name, expiresAt };
}
