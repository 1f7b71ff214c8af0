import { z } from 'zod';
import { readJson } from '../body.ts';
import { composePost } from '../posts.ts';
import { findShown, type ShownPost } from '../shown-post.ts';
import { TEXT_LIMIT, weighedLength } from './count.ts';
import type { Answer, Call } from './endpoint.ts';
import { forbidden, invalidRequest } from './problem.ts';
import { shownText } from './shown-text.ts';
import type { XWorld } from './world.ts';

const id = z.string().regex(/^[0-9]{1,19}$/);

const tweetForm = z.strictObject({
  text: z.string().default(''),
  reply: z
    .strictObject({
      in_reply_to_tweet_id: id,
      exclude_reply_user_ids: z.array(id).optional(),
      auto_populate_reply_metadata: z.boolean().optional(),
    })
    .optional(),
  media: z
    .strictObject({ media_ids: z.array(id).min(1).max(4), tagged_user_ids: z.array(id).max(10).optional() })
    .optional(),
  quote_tweet_id: id.optional(),
  reply_settings: z.enum(['following', 'mentionedUsers', 'subscribers', 'verified']).optional(),
  made_with_ai: z.boolean().optional(),
  paid_partnership: z.boolean().optional(),
  nullcast: z.boolean().optional(),
});

type TweetForm = z.output<typeof tweetForm>;

/** POST /2/tweets */
export function createTweet({ world, caller, contentType, body }: Call): Answer {
  const form = parseTweet(readJson(contentType, body));
  const media = (form.media?.media_ids ?? []).map((mediaId) =>
    attachable(world, mediaId, caller.account.userId),
  );
  if (media.length > 1 && media.some(({ kind }) => kind !== 'photo'))
    throw forbidden('Too many media of this kind.');
  checkText(form.text, media.length > 0);
  const answered = form.reply ? repliable(world, form.reply.in_reply_to_tweet_id, caller.account) : null;
  if (form.quote_tweet_id) findOr403(world, form.quote_tweet_id);
  refuseDuplicate(world, caller.account.userId, form);

  const createdAt = world.clock.now();
  const postId = world.ids.next(createdAt);
  const post = composePost(
    {
      id: postId,
      authorId: caller.account.userId,
      username: caller.account.username,
      text: form.text,
      media: media.map(({ ownerId: _owner, readyAt: _ready, ...rest }) => ({ ...rest })),
      replyTo: answered?.id ?? null,
      conversationId: answered?.conversationId ?? postId,
      quoteOf: form.quote_tweet_id ?? null,
      options: optionsOf(form),
    },
    createdAt,
  );
  world.journal.record({ type: 'post-created', post });
  return { status: 201, body: { data: { id: postId, text: shownText(post).text } }, postId, text: form.text };
}

/** Checks the body against the specification, which allows no other properties. */
function parseTweet(body: unknown): TweetForm {
  const parsed = tweetForm.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `$.${[path, key].filter(Boolean).join('.')}`);
    throw invalidRequest(
      `${names.join(', ')}: is not defined in the schema and the schema does not allow additional properties`,
    );
  }
  throw invalidRequest(`$.${path}: ${issue?.message ?? 'is invalid'}`);
}

function checkText(text: string, hasMedia: boolean): void {
  if (text.trim() === '' && !hasMedia) throw invalidRequest('One of text, media or poll must be present.');
  if (weighedLength(text) > TEXT_LIMIT) {
    throw forbidden(
      `Your Tweet text is too long. For more details, see the limit of ${TEXT_LIMIT} weighted characters.`,
    );
  }
}

function attachable(world: XWorld, mediaId: string, userId: string) {
  const media = world.media.find(mediaId);
  if (!media || media.ownerId !== userId)
    throw invalidRequest('Your media IDs are invalid.', { 'media.media_ids': [mediaId] });
  if (media.readyAt > world.clock.now())
    throw invalidRequest('The media is still being processed.', { 'media.media_ids': [mediaId] });
  return media;
}

/** An account may answer itself and those who turned to it: a self-serve app may not approach strangers. */
function repliable(
  world: XWorld,
  postId: string,
  { userId, username }: { userId: string; username: string },
): ShownPost {
  const post = findOr403(world, postId);
  const hasTurnedToUs =
    post.authorId === userId ||
    post.replyToUsername?.toLowerCase() === username.toLowerCase() ||
    post.mentions().includes(username.toLowerCase());
  if (hasTurnedToUs) return post;
  throw forbidden(
    'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
  );
}

function findOr403(world: XWorld, postId: string): ShownPost {
  const post = findShown(world, postId);
  if (!post) throw forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
  return post;
}

function refuseDuplicate(world: XWorld, userId: string, form: TweetForm): void {
  if (form.text.trim() === '') return;
  const since = world.clock.now() - world.limits.duplicateWindowMs;
  const replyTo = form.reply?.in_reply_to_tweet_id ?? null;
  const alike = world.ledger.visibleAlike({ authorId: userId, text: form.text, replyTo });
  if (alike.some(({ createdAt }) => Date.parse(createdAt) > since)) {
    throw forbidden('You are not allowed to create a Tweet with duplicate content.');
  }
}

function optionsOf(form: TweetForm): Record<string, string | boolean> {
  const { reply_settings, made_with_ai, paid_partnership, nullcast } = form;
  return Object.fromEntries(
    Object.entries({ reply_settings, made_with_ai, paid_partnership, nullcast }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as Record<string, string | boolean>;
}
