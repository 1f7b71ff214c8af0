import type { AudienceReply } from '../audience/audience.ts';
import type { LedgerPost } from '../ledger.ts';
import type { SeenPost } from '../pages/scene.ts';
import { didOf, handleOf } from './account.ts';
import { POSTS } from './post-record.ts';
import { type BlueskyWorld, toAudience } from './world.ts';
import { addressOf, cidFor } from './write-record.ts';

/** A post as the application's view gives it; its id is its address. */
export interface ShownPost extends SeenPost {
  did: string;
  cid: string;
  value: Record<string, unknown>;
}

/** A visible post by its address. */
export function findShown(world: BlueskyWorld, uri: string): ShownPost | null {
  const post = world.ledger.findVisible(uri);
  if (post) return showPost(world, post);
  if (world.ledger.find(uri)) return null;
  const reply = world.audience.findReply(uri.split('/').at(-1) ?? '');
  return reply && addressOfReply(reply) === uri ? showReply(world, reply) : null;
}

/** All posts of a conversation, oldest first, the audience's among them. */
export function shownConversation(world: BlueskyWorld, conversationId: string): ShownPost[] {
  const posts = world.ledger.visibleIn(conversationId);
  const replies = posts.flatMap((post) => world.audience.replies(toAudience(world.ledger, post)));
  return [
    ...posts.map((post) => showPost(world, post)),
    ...replies.map((reply) => showReply(world, reply)),
  ].sort((one, other) => one.createdAt - other.createdAt);
}

/** How many answer the post directly. */
export function countReplies(world: BlueskyWorld, post: SeenPost): number {
  return shownConversation(world, post.conversationId).filter((other) => other.replyTo === post.id).length;
}

export const newestFirst = (one: SeenPost, other: SeenPost) => other.createdAt - one.createdAt;

export function showPost(world: BlueskyWorld, post: LedgerPost): ShownPost {
  const record = world.repository.find(post.id);
  return {
    ...post,
    did: post.authorId,
    cid: record?.cid ?? '',
    value: record?.value ?? {},
    name: world.registry.account(post.authorId)?.name ?? post.username,
    createdAt: Date.parse(post.createdAt),
    replyToUsername: post.replyTo ? usernameOf(world, post.replyTo) : null,
    isFromAudience: false,
    reactions: () => world.audience.reactions(toAudience(world.ledger, post)),
  };
}

function showReply(world: BlueskyWorld, reply: AudienceReply): ShownPost {
  const { author, text, language, createdAt, conversationId } = reply;
  const value = recordOfReply(world, reply);
  return {
    id: addressOfReply(reply),
    did: didOf(handleOf(author.username)),
    cid: cidFor(value),
    value,
    username: handleOf(author.username),
    name: author.name,
    text,
    language,
    createdAt,
    conversationId,
    replyTo: addressOfParent(world, reply),
    replyToUsername: usernameOf(world, addressOfParent(world, reply)),
    media: [],
    isFromAudience: true,
    reactions: () => world.audience.reactionsToReply(reply),
  };
}

/** What a member of the audience would have written into their own repository. */
function recordOfReply(world: BlueskyWorld, reply: AudienceReply): Record<string, unknown> {
  const { text, language, createdAt, conversationId } = reply;
  return {
    $type: POSTS,
    text,
    langs: [language],
    createdAt: new Date(createdAt).toISOString(),
    reply: { root: refOf(world, conversationId), parent: refOf(world, addressOfParent(world, reply)) },
  };
}

function refOf(world: BlueskyWorld, uri: string): { uri: string; cid: string } {
  const record = world.repository.find(uri);
  if (record) return { uri, cid: record.cid };
  const reply = world.audience.findReply(uri.split('/').at(-1) ?? '');
  // A post that was deleted after it was answered still is what the answer names.
  return { uri, cid: cidFor(reply ? recordOfReply(world, reply) : { uri }) };
}

function addressOfReply({ author, id }: AudienceReply): string {
  return addressOf(didOf(handleOf(author.username)), POSTS, id);
}

/** The audience names its own posts by their keys. */
function addressOfParent(world: BlueskyWorld, { replyTo }: AudienceReply): string {
  const parent = replyTo.startsWith('at://') ? undefined : world.audience.findReply(replyTo);
  return parent ? addressOfReply(parent) : replyTo;
}

function usernameOf(world: BlueskyWorld, uri: string): string | null {
  const author = world.audience.findReply(uri.split('/').at(-1) ?? '')?.author;
  return world.ledger.find(uri)?.username ?? (author ? handleOf(author.username) : null);
}
