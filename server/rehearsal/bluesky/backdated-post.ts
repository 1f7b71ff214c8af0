import { z } from 'zod';
import { POSTS } from './post-record.ts';
import { findShown } from './shown-post.ts';
import { tid } from './tid.ts';
import { storeBlob } from './upload-blob.ts';
import type { BlueskyWorld } from './world.ts';
import { addressOf, cidFor, writeRecord } from './write-record.ts';

const postForm = z.strictObject({
  username: z.string(),
  text: z.string(),
  createdAt: z.coerce.date(),
  replyTo: z.string().optional(),
  media: z
    .array(z.strictObject({ base64: z.base64(), altText: z.string().optional() }))
    .max(4)
    .default([]),
});

export type PostInput = z.input<typeof postForm>;

/** Puts a post into the network's past and returns its address. Throws when the account or the answered post is not there. */
export async function publishBackdated(world: BlueskyWorld, input: PostInput): Promise<string> {
  const form = postForm.parse(input);
  const account = world.registry.account(form.username);
  if (!account) throw new Error(`There is no account named ${form.username}.`);
  const answered = form.replyTo ? findShown(world, form.replyTo) : null;
  if (form.replyTo && !answered) throw new Error(`There is no post ${form.replyTo} to answer.`);

  const at = form.createdAt.getTime();
  const images = form.media.map(({ base64, altText = '' }) => {
    const { cid, mimeType, size } = storeBlob(world, account.did, Buffer.from(base64, 'base64'), '');
    return { alt: altText, image: { $type: 'blob', ref: { $link: cid }, mimeType, size } };
  });
  const value = {
    text: form.text,
    createdAt: form.createdAt.toISOString(),
    ...(images.length > 0 && { embed: { $type: 'app.bsky.embed.images', images } }),
    ...(answered && { reply: replyTo(world, answered) }),
  };
  const recordKey = freeKey(world, account.did, at);
  const { uri } = writeRecord(world, account, { collection: POSTS, recordKey, value, at, isBackdated: true });
  await world.journal.settled();
  return uri;
}

function replyTo(
  world: BlueskyWorld,
  { id, cid, conversationId }: { id: string; cid: string; conversationId: string },
) {
  const root = findShown(world, conversationId);
  return {
    root: { uri: conversationId, cid: root?.cid ?? cidFor({ uri: conversationId }) },
    parent: { uri: id, cid },
  };
}

function freeKey(world: BlueskyWorld, did: string, at: number): string {
  for (let low = 0; ; low += 1) {
    if (!world.repository.find(addressOf(did, POSTS, tid(at, low)))) return tid(at, low);
  }
}
