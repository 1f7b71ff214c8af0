import type { Answer, Call } from './endpoint.ts';
import { forbidden, notFound } from './problem.ts';

/** DELETE /2/tweets/:id */
export function deleteTweet({ world, caller, param }: Call): Answer {
  const id = param('id');
  const post = world.ledger.findVisible(id);
  if (!post) throw notFound();
  if (post.authorId !== caller.account.userId)
    throw forbidden('You are not authorized to delete this Tweet.');
  world.journal.record({ type: 'post-deleted', id, at: new Date(world.clock.now()).toISOString() });
  return { status: 200, body: { data: { deleted: true } }, postId: id };
}
