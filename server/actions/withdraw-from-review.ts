import type { Context } from '../context.ts';
import { assertMayWithdraw } from '../domain/drafting.ts';
import type { Message } from '../domain/message.ts';
import { NotFound } from '../errors.ts';
import { Messages } from '../models/message.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Takes a message back out of review, so that it can be edited. Throws RuleViolation when it is not in review. */
export async function withdrawFromReview(
  context: Context,
  member: Actor,
  { message: id }: { message: string },
): Promise<Message> {
  allow(member, 'messages.edit');
  const message = await Messages.findById(id);
  if (!message) throw new NotFound('There is no such message.');
  assertMayWithdraw(message);
  message.state = 'draft';
  await message.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'review withdrawn',
    subject: 'message',
    subjectId: id,
    campaign: message.campaign,
  });
  return message.toObject();
}
