import type { Context } from '../context.ts';
import { NotFound } from '../errors.ts';
import { Members } from '../models/member.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Lets a disabled member sign in again, with the roles held before. */
export async function enableMember(
  context: Context,
  member: Actor,
  input: { member: string },
): Promise<void> {
  allow(member, 'members.manage');
  const enabled = await Members.findById(input.member);
  if (!enabled) throw new NotFound('There is no such member.');
  enabled.disabledAt = null;
  await enabled.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'member enabled',
    subject: 'member',
    subjectId: enabled._id,
    details: { name: enabled.name },
  });
}
