import { z } from 'zod';
import type { StoredMedia } from '../media-store.ts';
import { composePost } from '../posts.ts';
import { findShown, showPost } from '../shown-post.ts';
import { countedLength } from './count.ts';
import type { Answer, Call } from './endpoint.ts';
import { invalid, MastodonProblem } from './problem.ts';
import { toStatus } from './status-entity.ts';
import type { MastodonWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const MOST_MEDIA = 4;

const isTrue = z.preprocess((value) => value === true || value === 'true' || value === '1', z.boolean());

/** Unknown parameters are passed over, as Mastodon does. */
const statusForm = z.object({
  status: z.string().default(''),
  media_ids: z.array(z.string()).default([]),
  in_reply_to_id: z.coerce.string().nullish(),
  sensitive: isTrue.default(false),
  spoiler_text: z.string().default(''),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).default('public'),
  language: z.string().nullish(),
  scheduled_at: z.undefined({ error: 'this stand-in publishes at once' }).optional(),
});

/** POST /api/v1/statuses */
export function createStatus(call: Call): Answer {
  const { world, account, header, parameters } = call;
  const key = header('idempotency-key');
  const earlier = key ? publishedUnder(call, key) : undefined;
  if (earlier) return { body: toStatus(world, showPost(world, earlier)), postId: earlier.id };

  const form = read(parameters);
  const media = form.media_ids.map((id) => attachable(call, id));
  if (media.length > MOST_MEDIA) throw invalid(`Cannot attach more than ${MOST_MEDIA} files`);
  checkText(world, form.spoiler_text + form.status, media.length > 0);
  const answered = form.in_reply_to_id ? findShown(world, form.in_reply_to_id) : null;
  if (form.in_reply_to_id && !answered) {
    throw new MastodonProblem(404, 'The post you are trying to reply to does not appear to exist.');
  }
  const createdAt = world.clock.now();
  const id = world.ids.next(createdAt);
  const post = composePost(
    {
      id,
      authorId: account.userId,
      username: account.username,
      text: form.status,
      ...(form.language && { language: form.language }),
      media: media.map(({ ownerId: _owner, readyAt: _ready, ...rest }) => ({ ...rest })),
      replyTo: answered?.id ?? null,
      conversationId: answered?.conversationId ?? id,
      options: {
        visibility: form.visibility,
        application: world.registry.app(call.token.clientId)?.name ?? '',
        ...(key && { key }),
        ...(form.spoiler_text && { spoiler: form.spoiler_text }),
        ...(form.sensitive && { sensitive: true }),
      },
    },
    createdAt,
  );
  world.journal.record({ type: 'post-created', post });
  return { body: toStatus(world, showPost(world, post)), postId: id, text: form.status };
}

/** A key is good for an hour, and only on servers that keep it. A deleted post does not come back. */
function publishedUnder({ world, account }: Call, key: string) {
  if (!world.make.current.keepsKeys) return undefined;
  const since = world.clock.now() - HOUR_MS;
  return world.ledger
    .visibleOf(account.userId)
    .find(({ options, createdAt }) => options.key === key && Date.parse(createdAt) > since);
}

function read(parameters: Call['parameters']): z.output<typeof statusForm> {
  const parsed = statusForm.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is invalid'}`.trim());
}

function checkText({ make }: MastodonWorld, text: string, hasMedia: boolean): void {
  const { textLimit } = make.current;
  if (text.trim() === '' && !hasMedia) throw invalid("Text can't be blank");
  if (countedLength(text) > textLimit) throw invalid(`Text character limit of ${textLimit} exceeded`);
}

function attachable({ world, account }: Call, id: string): StoredMedia {
  const media = world.media.find(id);
  const isAttached = world.ledger
    .visibleOf(account.userId)
    .some((post) => post.media.some((attached) => attached.id === id));
  if (!media || media.ownerId !== account.userId || isAttached) {
    throw invalid(`Media with ID ${id} not found or already attached to another post`);
  }
  if (media.readyAt > world.clock.now()) {
    throw invalid('Cannot attach files that have not finished processing. Try again in a moment!');
  }
  return media;
}
