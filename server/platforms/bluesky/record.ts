import { AppBskyRichtextFacet, jsonToLex, lexicons, RichText } from '@atproto/api';
import { z } from 'zod';
import type { PublishRequest } from '../platform.ts';
import type { PlacedImage } from './images.ts';

export const POSTS = 'app.bsky.feed.post';

/** Names one version of one record. */
export interface StrongRef {
  uri: string;
  cid: string;
}

/** A post as it is sent, in the JSON form of the lexicons. */
export type PostRecord = Record<string, unknown> & { text: string; createdAt: string };

/** Everything that publishing needs, as it is kept on record. */
const prepared = z.object({
  recordKey: z.string().regex(/^[234567a-z]{13}$/),
  record: z.looseObject({ $type: z.literal(POSTS), text: z.string(), createdAt: z.iso.datetime() }),
});

export interface Prepared {
  recordKey: string;
  record: PostRecord;
}

/** null when the text is not what `prepare` makes. */
export function readPrepared(text: string): Prepared | null {
  try {
    return prepared.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Builds the complete record. Mentions are left plain text: nobody is called into a conversation. */
export function buildRecord(
  { text, language }: Pick<PublishRequest, 'text' | 'language'>,
  {
    images,
    reply,
    createdAt,
  }: {
    images: readonly PlacedImage[];
    reply: { root: StrongRef; parent: StrongRef } | null;
    createdAt: Date;
  },
): PostRecord {
  const facets = facetsOf(text);
  return {
    $type: POSTS,
    text,
    createdAt: createdAt.toISOString(),
    ...(language !== '' && language !== 'und' && { langs: [language] }),
    ...(facets.length > 0 && { facets }),
    ...(images.length > 0 && { embed: { $type: 'app.bsky.embed.images', images } }),
    ...(reply && { reply }),
  };
}

/** What the lexicon has against a record; null when it is a post that any server takes. */
export function whyInvalid(record: PostRecord): string | null {
  const checked = lexicons.validate(POSTS, jsonToLex(record as never));
  return checked.success ? null : checked.error.message;
}

/** Links and tags with their places in bytes of UTF-8: servers do not look for them. */
function facetsOf(text: string): AppBskyRichtextFacet.Main[] {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  return (rich.facets ?? []).filter(({ features }) =>
    features.every((one) => AppBskyRichtextFacet.isLink(one) || AppBskyRichtextFacet.isTag(one)),
  );
}
