import { followersOf } from '../audience/reactions.ts';
import type { Answer, Call } from './endpoint.ts';
import { authorOf, toPostView } from './post-view.ts';
import { invalidRequest, XrpcRefusal } from './refusal.ts';
import { findShown, newestFirst, type ShownPost, shownConversation, showPost } from './shown-post.ts';

/** app.bsky.feed.getPosts: those that are there, of up to 25. */
export function getPosts({ world, params }: Call): Answer {
  const found = (params.uris as string[]).flatMap((uri) => findShown(world, uri) ?? []);
  return { body: { posts: found.map((post) => toPostView(world, post)) } };
}

/** app.bsky.feed.getPostThread: a post with its answers below it. */
export function getPostThread(call: Call): Answer {
  const { uri, depth } = call.params as { uri: string; depth: number };
  const post = findShown(call.world, uri);
  if (!post) throw new XrpcRefusal(400, 'NotFound', `Post not found: ${uri}`);
  const all = shownConversation(call.world, post.conversationId);
  return { body: { thread: branch(call, post, { all, depth }) } };
}

function branch(
  call: Call,
  post: ShownPost,
  { all, depth }: { all: ShownPost[]; depth: number },
): Record<string, unknown> {
  const answers = depth > 0 ? all.filter(({ replyTo }) => replyTo === post.id) : [];
  return {
    $type: 'app.bsky.feed.defs#threadViewPost',
    post: toPostView(call.world, post),
    replies: answers.map((answer) => branch(call, answer, { all, depth: depth - 1 })),
  };
}

/** app.bsky.actor.getProfile */
export function getProfile({ world, params }: Call): Answer {
  const account = world.registry.account(String(params.actor));
  if (!account) throw invalidRequest('Profile not found');
  const body = {
    ...authorOf(account),
    description: account.description,
    followersCount: followersOf(world.seed, account.username),
    followsCount: 0,
    postsCount: world.ledger.visibleOf(account.did).length,
    createdAt: account.createdAt,
    indexedAt: account.createdAt,
  };
  return { body };
}

/** app.bsky.feed.getAuthorFeed: what an account published, newest first. */
export function getAuthorFeed({ world, params }: Call): Answer {
  const account = world.registry.account(String(params.actor));
  if (!account) throw invalidRequest('Profile not found');
  const { limit, cursor, filter } = params as { limit: number; cursor?: string; filter?: string };
  const posts = world.ledger
    .visibleOf(account.did)
    .filter(({ replyTo }) => !(filter === 'posts_no_replies' && replyTo))
    .map((post) => showPost(world, post))
    .sort(newestFirst)
    .filter(({ createdAt }) => cursor === undefined || createdAt < Date.parse(cursor));
  const shown = posts.slice(0, limit);
  const last = shown.at(-1);
  const feed = shown.map((post) => ({ post: toPostView(world, post) }));
  return {
    body: {
      feed,
      ...(last && posts.length > limit && { cursor: new Date(last.createdAt).toISOString() }),
    },
  };
}
