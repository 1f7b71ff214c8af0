import type { Audience, AudienceReply } from './audience/audience.ts';
import type { Ledger, LedgerPost } from './ledger.ts';
import type { SeenPost } from './pages/scene.ts';
import { toAudience } from './posts.ts';
import { mentionsIn } from './segments.ts';
import { compareIds } from './snowflake.ts';

/** What showing a post takes of a network. */
export interface ShownWorld {
  readonly ledger: Ledger;
  readonly audience: Audience;
  readonly registry: { account(id: string): { name: string } | undefined };
}

/** A post as its network shows it, whether an account published it or the audience wrote it. */
export interface ShownPost extends SeenPost {
  authorId: string;
  quoteOf: string | null;
  options: LedgerPost['options'];
  /** Usernames in small letters. */
  mentions: () => string[];
}

/** A visible post by its id. */
export function findShown(world: ShownWorld, id: string): ShownPost | null {
  const post = world.ledger.findVisible(id);
  if (post) return showPost(world, post);
  if (world.ledger.find(id)) return null;
  const reply = world.audience.findReply(id);
  return reply ? showReply(world, reply) : null;
}

/** All posts of a conversation, oldest first, the audience's among them. */
export function shownConversation(world: ShownWorld, conversationId: string): ShownPost[] {
  const posts = world.ledger.visibleIn(conversationId);
  const replies = posts.flatMap((post) => world.audience.replies(toAudience(post)));
  return [
    ...posts.map((post) => showPost(world, post)),
    ...replies.map((reply) => showReply(world, reply)),
  ].sort(oldestFirst);
}

/** How many answer the post directly. */
export function countReplies(world: ShownWorld, post: ShownPost): number {
  return shownConversation(world, post.conversationId).filter((other) => other.replyTo === post.id).length;
}

export function showPost(world: ShownWorld, post: LedgerPost): ShownPost {
  return {
    ...post,
    name: world.registry.account(post.authorId)?.name ?? post.username,
    createdAt: Date.parse(post.createdAt),
    replyToUsername: post.replyTo ? usernameOf(world, post.replyTo) : null,
    mentions: () => mentionsIn(post.text),
    isFromAudience: false,
    reactions: () => world.audience.reactions(toAudience(post)),
  };
}

/** Like on the network itself, the text of a reply begins with the name of the one it answers. */
function showReply(world: ShownWorld, reply: AudienceReply): ShownPost {
  const text = `@${reply.replyToUsername} ${reply.text}`;
  return {
    id: reply.id,
    authorId: reply.author.id,
    username: reply.author.username,
    name: reply.author.name,
    text,
    language: reply.language,
    createdAt: reply.createdAt,
    conversationId: reply.conversationId,
    replyTo: reply.replyTo,
    replyToUsername: reply.replyToUsername,
    quoteOf: null,
    media: [],
    options: {},
    mentions: () => mentionsIn(text),
    isFromAudience: true,
    reactions: () => world.audience.reactionsToReply(reply),
  };
}

function oldestFirst(one: { id: string }, other: { id: string }): number {
  return compareIds(one.id, other.id);
}

export function newestFirst(one: { id: string }, other: { id: string }): number {
  return compareIds(other.id, one.id);
}

function usernameOf(world: ShownWorld, id: string): string | null {
  return world.ledger.find(id)?.username ?? world.audience.findReply(id)?.author.username ?? null;
}
