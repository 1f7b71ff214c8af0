import type { Context } from '../context.ts';
import type { Comment } from '../domain/comment.ts';
import { NotFound } from '../errors.ts';
import { Comments } from '../models/comment.ts';
import { type Actor, allow } from './allow.ts';
import { recordCommentEvent } from './record-comment-event.ts';

/** Says that a comment is dealt with; a second time changes nothing. Throws NotFound. */
export async function resolveComment(
  context: Context,
  member: Actor,
  { comment: id }: { comment: string },
): Promise<Comment> {
  allow(member, 'messages.comment');
  const resolved = await Comments.findOneAndUpdate(
    { _id: id, resolvedAt: null },
    { $set: { resolvedBy: member._id, resolvedAt: context.clock.now() } },
    { returnDocument: 'after' },
  ).lean<Comment>();
  if (resolved) await recordCommentEvent(context, member, { verb: 'comment resolved', comment: resolved });
  const comment = resolved ?? (await Comments.findById(id).lean<Comment>());
  if (!comment) throw new NotFound('There is no such comment.');
  return comment;
}
