import { z } from 'zod';
import { imageSize } from '../image-size.ts';
import type { StoredMedia } from '../media-store.ts';
import { composePost } from '../posts.ts';
import { TEXT_LIMIT, weighedLength } from './count.ts';
import type { XWorld } from './world.ts';

const postForm = z.strictObject({
  username: z.string(),
  text: z
    .string()
    .refine((text) => weighedLength(text) <= TEXT_LIMIT, `must not weigh more than ${TEXT_LIMIT}`),
  createdAt: z.coerce.date(),
  replyTo: z.string().optional(),
  media: z
    .array(z.strictObject({ base64: z.base64(), altText: z.string().max(1000).optional() }))
    .max(4)
    .default([]),
});

export type PostInput = z.input<typeof postForm>;

/** Puts a post into the network's past and returns its id. Throws when the account or the answered post is not there. */
export async function publishBackdated(world: XWorld, input: PostInput): Promise<string> {
  const form = postForm.parse(input);
  const account = world.registry.named(form.username);
  if (!account) throw new Error(`There is no account named ${form.username}.`);
  const answered = form.replyTo ? world.ledger.findVisible(form.replyTo) : undefined;
  if (form.replyTo && !answered) throw new Error(`There is no post ${form.replyTo} to answer.`);

  const createdAt = form.createdAt.getTime();
  const id = world.ids.backdated(createdAt);
  const media = form.media.map((item) => storePicture(world, account.userId, item, createdAt));
  const post = composePost(
    {
      id,
      authorId: account.userId,
      username: account.username,
      text: form.text,
      media: media.map(({ ownerId: _owner, readyAt: _ready, ...shown }) => shown),
      replyTo: answered?.id ?? null,
      conversationId: answered?.conversationId ?? id,
      isBackdated: true,
    },
    createdAt,
  );
  world.journal.record({ type: 'post-created', post });
  await world.journal.settled();
  return id;
}

type Picture = z.output<typeof postForm>['media'][number];

function storePicture(world: XWorld, ownerId: string, { base64, altText }: Picture, at: number): StoredMedia {
  const bytes = Buffer.from(base64, 'base64');
  const size = imageSize(bytes);
  if (!size) throw new Error('The media of a backdated post must be a picture.');
  const id = world.ids.backdated(at);
  const kind = size.contentType === 'image/gif' ? 'animated_gif' : 'photo';
  const media: StoredMedia = {
    id,
    ownerId,
    kind,
    ...size,
    ...world.media.write(id, bytes),
    altText: altText ?? null,
    readyAt: at,
  };
  world.journal.record({ type: 'media-stored', media });
  return media;
}
