import type { Context } from '../context.ts';
import type { Reply, ReplyCode } from '../domain/reply.ts';
import { assertMayCode } from '../domain/reply-coding.ts';
import { Conflict, NotFound } from '../errors.ts';
import { Replies } from '../models/reply.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/**
 * Gives a reply its code, or corrects one's own. Throws NotFound, RuleViolation when it cannot be coded any more,
 * and Conflict when somebody else was faster.
 */
export async function codeReply(
  context: Context,
  member: Actor,
  input: { reply: string; code: ReplyCode },
): Promise<Reply> {
  allow(member, 'replies.code');
  const reply = await Replies.findById(input.reply).lean();
  if (!reply) throw new NotFound('There is no such reply.');
  assertMayCode(reply, member._id);
  const coded = await Replies.findOneAndUpdate(
    { _id: reply._id, code: reply.code, coder: reply.coder },
    { $set: { code: input.code, coder: member._id, codedAt: context.clock.now() } },
    { returnDocument: 'after' },
  ).lean();
  if (!coded) throw new Conflict('Somebody else has just coded this reply.');
  await recordEvent(context, {
    actor: member._id,
    verb: 'reply coded',
    subject: 'reply',
    subjectId: reply._id,
    campaign: reply.campaign,
    details: { code: input.code, before: reply.code },
  });
  return coded;
}
