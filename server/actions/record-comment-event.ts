import type { Context } from '../context.ts';
import type { Comment } from '../domain/comment.ts';
import { Messages } from '../models/message.ts';
import type { Actor } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Notes in the trail of its message what happened to a comment, without its words. */
export async function recordCommentEvent(
  context: Context,
  member: Actor,
  { verb, comment }: { verb: string; comment: Pick<Comment, '_id' | 'message'> },
): Promise<void> {
  const message = await Messages.findById(comment.message).select('campaign').lean();
  await recordEvent(context, {
    actor: member._id,
    verb,
    subject: 'message',
    subjectId: comment.message,
    campaign: message?.campaign ?? null,
    details: { commentId: comment._id },
  });
}
