import { type PageCall, sayNotFound } from './page-call.ts';
import { viewPost } from './post-view.ts';
import type { Scene, SeenPost } from './scene.ts';

/** GET …/posts/:key: a post amid its conversation. */
export function showConversation(call: PageCall): void {
  const { scene, request, render } = call;
  const asked = scene.findPost(String(request.params.key));
  if (!asked) {
    sayNotFound(call, 'This post was deleted, or was never published.');
    return;
  }
  const threaded = inThreads(scene, asked.conversationId);
  const model = {
    heading: `Conversation with @${threaded[0]?.post.username ?? asked.username}`,
    hasReplies: threaded.length > 1,
    posts: threaded.map(({ post, depth }) =>
      viewPost(scene, post, { depth, isAsked: post.id === asked.id && threaded.length > 1 }),
    ),
  };
  render('conversation', { title: `Post of @${asked.username}` }, model);
}

interface Threaded {
  post: SeenPost;
  depth: number;
}

/** Each post is followed by its answers, oldest first. An answer to a deleted post stands at the top. */
function inThreads(scene: Scene, conversationId: string): Threaded[] {
  const posts = scene.conversation(conversationId);
  const known = new Set(posts.map(({ id }) => id));
  const walk = (parent: string | null, depth: number): Threaded[] =>
    posts
      .filter(({ replyTo }) => (replyTo && known.has(replyTo) ? replyTo : null) === parent)
      .flatMap((post) => [{ post, depth }, ...walk(post.id, depth + 1)]);
  return walk(null, 0);
}
