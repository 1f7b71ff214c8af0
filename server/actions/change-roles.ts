import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { assertAdministratorRemains } from '../domain/member.ts';
import type { Role } from '../domain/roles.ts';
import { NotFound } from '../errors.ts';
import { Members } from '../models/member.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';
import { takeTurns } from './take-turns.ts';

/** Gives a member other roles; they count from the member's next request. Throws when no administrator would remain. */
export async function changeRoles(
  context: Context,
  member: Actor,
  input: { member: string; roles: Role[] },
): Promise<void> {
  allow(member, 'members.manage');
  const { changed, before } = await takeTurns(['administrators'], () => change(input));
  await recordEvent(context, {
    actor: member._id,
    verb: 'roles changed',
    subject: 'member',
    subjectId: changed._id,
    details: { name: changed.name, before, after: input.roles },
  });
}

async function change({ member: id, roles }: { member: string; roles: Role[] }) {
  const changed = await Members.findById(id);
  if (!changed) throw new NotFound('There is no such member.');
  if (!roles.includes('administrator')) {
    assertAdministratorRemains(await Members.find({ _id: trusted({ $ne: changed._id }) }).lean());
  }
  const before = [...changed.roles];
  changed.roles = roles;
  await changed.save();
  return { changed, before };
}
