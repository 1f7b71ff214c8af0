import { countReplies, findShown, type ShownPost } from '../shown-post.ts';
import type { XAccount } from './account.ts';
import type { Call } from './endpoint.ts';
import { toMedia } from './media-fields.ts';
import { fieldDenied } from './problem.ts';
import { mediaKey, shownText } from './shown-text.ts';
import { toUser } from './user-fields.ts';
import type { XWorld } from './world.ts';

/** How long an author may see the figures that are not public. */
const PRIVATE_FIGURES_MS = 30 * 24 * 3_600_000;

const privateFields = ['non_public_metrics', 'organic_metrics', 'promoted_metrics'];

type Json = Record<string, unknown>;

export interface Asked {
  world: XWorld;
  caller: XAccount;
  fields: Set<string>;
  mediaFields: Set<string>;
  userFields: Set<string>;
  expansions: Set<string>;
  /** The parameter by which posts were asked for, named in errors. */
  parameter: string;
}

/** Reads which fields and expansions a request wants. */
export function whatIsAsked({ world, caller, query }: Call, parameter: string): Asked {
  const list = (name: string) => new Set((query.get(name) ?? '').split(',').filter(Boolean));
  return {
    world,
    caller: caller.account,
    fields: list('tweet.fields'),
    mediaFields: list('media.fields'),
    userFields: list('user.fields'),
    expansions: list('expansions'),
    parameter,
  };
}

/** The data, includes and errors of an answer. A post whose figures are denied is left out, as on the network. */
export function presentPosts(
  asked: Asked,
  posts: readonly ShownPost[],
): { data: Json[]; includes?: Json; errors: Json[] } {
  const errors: Json[] = [];
  const shown = posts.filter((post) => {
    const denied = deniedFields(asked, post);
    errors.push(...denied.map((field) => fieldDenied(post.id, field, asked.parameter)));
    return denied.length === 0;
  });
  const includes = includesOf(asked, shown);
  return {
    data: shown.map((post) => toTweet(asked, post)),
    ...(Object.keys(includes).length > 0 ? { includes } : {}),
    errors,
  };
}

function deniedFields({ fields, caller, world }: Asked, post: ShownPost): string[] {
  const isFresh = world.clock.now() - post.createdAt <= PRIVATE_FIGURES_MS;
  if (post.authorId === caller.userId && isFresh)
    return [...fields].filter((field) => field === 'promoted_metrics');
  return privateFields.filter((field) => fields.has(field));
}

function toTweet({ world, fields, expansions }: Asked, post: ShownPost): Json {
  const { text, entities } = shownText(post);
  const tweet: Json = { id: post.id, text, edit_history_tweet_ids: [post.id] };
  const has = (name: string) => fields.has(name);
  if (has('author_id') || expansions.has('author_id')) tweet.author_id = post.authorId;
  if (has('created_at')) tweet.created_at = new Date(post.createdAt).toISOString();
  if (has('conversation_id')) tweet.conversation_id = post.conversationId;
  if (has('lang')) tweet.lang = post.language;
  if (has('entities') && Object.keys(entities).length > 0) tweet.entities = entities;
  if (has('reply_settings')) tweet.reply_settings = post.options.reply_settings ?? 'everyone';
  if (has('possibly_sensitive')) tweet.possibly_sensitive = false;
  if (has('paid_partnership')) tweet.paid_partnership = post.options.paid_partnership === true;
  Object.assign(tweet, relations(world, fields, expansions, post), figures(world, fields, post));
  return tweet;
}

function relations(world: XWorld, fields: Set<string>, expansions: Set<string>, post: ShownPost): Json {
  const relations: Json = {};
  const referenced = [
    ...(post.replyTo ? [{ type: 'replied_to', id: post.replyTo }] : []),
    ...(post.quoteOf ? [{ type: 'quoted', id: post.quoteOf }] : []),
  ];
  if (referenced.length > 0 && (fields.has('referenced_tweets') || expansions.has('referenced_tweets.id'))) {
    relations.referenced_tweets = referenced;
  }
  if (post.replyTo && (fields.has('in_reply_to_user_id') || expansions.has('in_reply_to_user_id'))) {
    const answered = findShown(world, post.replyTo);
    if (answered) relations.in_reply_to_user_id = answered.authorId;
  }
  if (post.media.length > 0 && (fields.has('attachments') || expansions.has('attachments.media_keys'))) {
    relations.attachments = { media_keys: post.media.map(({ id }) => mediaKey(id)) };
  }
  return relations;
}

function figures(world: XWorld, fields: Set<string>, post: ShownPost): Json {
  if (![...fields].some((field) => field === 'public_metrics' || privateFields.includes(field))) return {};
  const { impressions, likes, reposts, quotes, bookmarks, linkClicks, profileClicks, detailExpands } =
    post.reactions();
  const shared = {
    impression_count: impressions,
    like_count: likes,
    reply_count: countReplies(world, post),
    retweet_count: reposts,
  };
  const engagements =
    likes + shared.reply_count + reposts + quotes + bookmarks + linkClicks + profileClicks + detailExpands;
  const clicks = {
    ...(/https?:\/\//.test(post.text) ? { url_link_clicks: linkClicks } : {}),
    user_profile_clicks: profileClicks,
  };
  const all: Json = {
    public_metrics: { ...shared, quote_count: quotes, bookmark_count: bookmarks },
    non_public_metrics: { impression_count: impressions, engagements, ...clicks },
    organic_metrics: { ...shared, ...clicks },
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => fields.has(name)));
}

function includesOf(asked: Asked, posts: readonly ShownPost[]): Json {
  const { world, expansions, userFields, mediaFields } = asked;
  const includes: Json = {};
  const referenced = expansions.has('referenced_tweets.id')
    ? posts
        .flatMap((post) => [post.replyTo, post.quoteOf])
        .flatMap((id) => (id ? (findShown(world, id) ?? []) : []))
    : [];
  const authors = [
    ...(expansions.has('author_id') ? posts : []),
    ...(expansions.has('referenced_tweets.id.author_id') ? referenced : []),
  ];
  if (authors.length > 0)
    includes.users = once(authors, ({ authorId }) => authorId).map((post) => toUser(world, userFields, post));
  const tweets = once(referenced, ({ id }) => id).filter((post) => deniedFields(asked, post).length === 0);
  if (tweets.length > 0) includes.tweets = tweets.map((post) => toTweet(asked, post));
  const media = expansions.has('attachments.media_keys') ? posts.flatMap((post) => post.media) : [];
  if (media.length > 0)
    includes.media = once(media, ({ id }) => id).map((item) => toMedia(mediaFields, item));
  return includes;
}

function once<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
