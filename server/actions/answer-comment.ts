import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { assertMayAnswer, assertMayComment, type Comment, MOST_ANSWERS } from '../domain/comment.ts';
import { Conflict } from '../errors.ts';
import { Comments } from '../models/comment.ts';
import { newId } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { type Actor, allow } from './allow.ts';
import { recordCommentEvent } from './record-comment-event.ts';

/**
 * Answers a comment. Throws Conflict when it has been resolved, or is gone, and RuleViolation when it holds no more
 * answers or its message was rejected.
 */
export async function answerComment(
  context: Context,
  member: Actor,
  { comment: id, text }: { comment: string; text: string },
): Promise<Comment> {
  allow(member, 'messages.comment');
  const found = await Comments.findById(id).lean();
  const message = found && (await Messages.findById(found.message).select('state').lean());
  if (message) assertMayComment(message);
  if (found && found.resolvedAt === null) assertMayAnswer(found);
  const answer = { _id: newId(), text, author: member._id, at: context.clock.now() };
  const answered = await Comments.findOneAndUpdate(
    { _id: id, resolvedAt: null, [`answers.${MOST_ANSWERS - 1}`]: trusted({ $exists: false }) },
    { $push: { answers: answer } },
    { returnDocument: 'after' },
  ).lean<Comment>();
  if (!answered) throw new Conflict('This comment has been resolved. Make a new one.');
  await recordCommentEvent(context, member, { verb: 'comment answered', comment: answered });
  return answered;
}
