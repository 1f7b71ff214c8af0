import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { assertAdministratorRemains } from '../domain/member.ts';
import { NotFound } from '../errors.ts';
import { Members } from '../models/member.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';
import { takeTurns } from './take-turns.ts';

/** Shuts a member out from the next request on. Throws when no administrator would remain. */
export async function disableMember(
  context: Context,
  member: Actor,
  input: { member: string },
): Promise<void> {
  allow(member, 'members.manage');
  const disabled = await takeTurns(['administrators'], async () => {
    const found = await Members.findOne({ _id: input.member, disabledAt: null });
    if (!found) throw new NotFound('There is no such active member.');
    assertAdministratorRemains(await Members.find({ _id: trusted({ $ne: found._id }) }).lean());
    found.disabledAt = context.clock.now();
    await found.save();
    return found;
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'member disabled',
    subject: 'member',
    subjectId: disabled._id,
    details: { name: disabled.name },
  });
}
