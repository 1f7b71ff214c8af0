import type { Context } from '../context.ts';
import { anchorIn, assertMayComment, type Comment } from '../domain/comment.ts';
import { NotFound } from '../errors.ts';
import { Comments } from '../models/comment.ts';
import { Messages } from '../models/message.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export interface CommentInput {
  message: string;
  variant: string;
  /** The words it is about; empty for the whole text. */
  quote: string;
  /** Where they begin in their text, when that is known. */
  at: number | null;
  text: string;
}

/**
 * Says something about a passage. The trail keeps that it was said, not what: people must be able to wonder aloud.
 * Throws RuleViolation when the passage is not in the saved text or the message was rejected, NotFound.
 */
export async function commentOnPassage(
  context: Context,
  member: Actor,
  input: CommentInput,
): Promise<Comment> {
  allow(member, 'messages.comment');
  const message = await Messages.findById(input.message).lean();
  const variant = message?.variants.find(({ _id }) => _id === input.variant);
  if (!message || !variant) throw new NotFound('There is no such text.');
  assertMayComment(message);
  const comment = await Comments.create({
    message: message._id,
    variant: variant._id,
    anchor: anchorIn([variant.text, ...(variant.parts ?? [])], input),
    text: input.text,
    author: member._id,
    isDemo: message.isDemo,
    createdAt: context.clock.now(),
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'passage commented',
    subject: 'message',
    subjectId: message._id,
    campaign: message.campaign,
    details: { commentId: comment._id, variant: variant._id },
  });
  return comment.toObject();
}
