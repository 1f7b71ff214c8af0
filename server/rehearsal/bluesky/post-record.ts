import { jsonToLex, lexicons } from '@atproto/api';
import { z } from 'zod';
import type { LedgerMedia, LedgerPost } from '../ledger.ts';
import { composePost } from '../posts.ts';
import type { BlueskyAccount } from './account.ts';
import type { StoredRecord } from './events.ts';
import { invalidRequest, XrpcRefusal } from './refusal.ts';
import type { BlueskyWorld } from './world.ts';

export const POSTS = 'app.bsky.feed.post';

const strongRef = z.object({ uri: z.string(), cid: z.string() });
const image = z.object({
  alt: z.string(),
  image: z.object({ ref: z.object({ $link: z.string() }), mimeType: z.string() }),
  aspectRatio: z.object({ width: z.number(), height: z.number() }).optional(),
});

/** What a post is made of, as far as the stand-in shows it. */
const postRecord = z.object({
  text: z.string(),
  createdAt: z.string(),
  langs: z.array(z.string()).default([]),
  facets: z
    .array(
      z.object({
        index: z.object({ byteStart: z.number(), byteEnd: z.number() }),
        features: z.array(
          z.object({ $type: z.string(), uri: z.string().optional(), tag: z.string().optional() }),
        ),
      }),
    )
    .default([]),
  reply: z.object({ root: strongRef, parent: strongRef }).optional(),
  embed: z.object({ $type: z.string(), images: z.array(image).optional() }).optional(),
});

export type PostRecord = z.output<typeof postRecord>;
export type RecordImage = z.output<typeof image>;

export function readPostRecord(value: unknown): PostRecord {
  return postRecord.parse(value);
}

/** Checks a record against its lexicon, if that is known here. Throws InvalidRequest. */
export function checkRecord(collection: string, value: Record<string, unknown>): void {
  if (value.$type !== undefined && value.$type !== collection) {
    throw invalidRequest(`Invalid $type: expected ${collection}, got ${String(value.$type)}`);
  }
  if (!lexicons.getDef(collection)) return;
  const checked = lexicons.validate(collection, jsonToLex({ $type: collection, ...value } as never));
  if (!checked.success) throw invalidRequest(`Invalid ${collection} record: ${checked.error.message}`);
}

export function imagesOf({ embed }: PostRecord): RecordImage[] {
  return embed?.images ?? [];
}

/** The pictures of a post, which its author must have uploaded. Throws BlobNotFound or InvalidMimeType. */
export function mediaOf(world: BlueskyWorld, did: string, record: PostRecord): LedgerMedia[] {
  return imagesOf(record).map(({ alt, image: { ref, mimeType }, aspectRatio }) => {
    const blob = world.repository.blob(did, ref.$link);
    if (!blob) throw new XrpcRefusal(400, 'BlobNotFound', `Could not find blob: ${ref.$link}`);
    if (blob.mimeType !== mimeType) {
      throw new XrpcRefusal(400, 'InvalidMimeType', `Referenced Mimetype does not match stored blob.`);
    }
    return {
      id: blob.cid,
      kind: 'photo',
      contentType: blob.mimeType,
      bytes: blob.size,
      sha256: blob.sha256,
      width: aspectRatio?.width ?? blob.width,
      height: aspectRatio?.height ?? blob.height,
      altText: alt === '' ? null : alt,
    };
  });
}

/** A post as it enters the ledger. Its moment is what it says, but never later than when it came. */
export function toLedgerPost(
  { uri, did, value, indexedAt }: StoredRecord,
  { username }: BlueskyAccount,
  { media, isBackdated }: { media: LedgerMedia[]; isBackdated: boolean },
): LedgerPost {
  const record = readPostRecord(value);
  const createdAt = Math.min(Date.parse(record.createdAt), Date.parse(indexedAt));
  const [language] = record.langs;
  return composePost(
    {
      id: uri,
      authorId: did,
      username,
      text: record.text,
      ...(language && { language }),
      replyTo: record.reply?.parent.uri ?? null,
      conversationId: record.reply?.root.uri ?? uri,
      media,
      isBackdated,
    },
    createdAt,
  );
}
