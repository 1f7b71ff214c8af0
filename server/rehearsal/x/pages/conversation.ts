import { findShown, type ShownPost, shownConversation } from '../shown-post.ts';
import type { XWorld } from '../world.ts';
import { type PageCall, sayNotFound } from './page-call.ts';
import { viewPost } from './post-view.ts';

/** GET /rehearsal/x/posts/:id: a post amid its conversation. */
export function showConversation(call: PageCall): void {
  const { world, request, render } = call;
  const id = String(request.params.id);
  const asked = /^[0-9]{1,19}$/.test(id) ? findShown(world, id) : null;
  if (!asked) {
    sayNotFound(call, 'This post was deleted, or was never published.');
    return;
  }
  const threaded = inThreads(world, asked.conversationId);
  const model = {
    heading: `Conversation with @${threaded[0]?.post.username ?? asked.username}`,
    hasReplies: threaded.length > 1,
    posts: threaded.map(({ post, depth }) =>
      viewPost(world, post, { depth, isAsked: post.id === id && threaded.length > 1 }),
    ),
  };
  render('conversation', { title: `Post of @${asked.username}` }, model);
}

interface Threaded {
  post: ShownPost;
  depth: number;
}

/** Each post is followed by its answers, oldest first. An answer to a deleted post stands at the top. */
function inThreads(world: XWorld, conversationId: string): Threaded[] {
  const posts = shownConversation(world, conversationId);
  const known = new Set(posts.map(({ id }) => id));
  const walk = (parent: string | null, depth: number): Threaded[] =>
    posts
      .filter(({ replyTo }) => (replyTo && known.has(replyTo) ? replyTo : null) === parent)
      .flatMap((post) => [{ post, depth }, ...walk(post.id, depth + 1)]);
  return walk(null, 0);
}
