import type { Context } from '../context.ts';
import { type Asset, type AssetWords, assertDescribed } from '../domain/asset.ts';
import { Assets, hashBytes } from '../models/asset.ts';
import { type Actor, allow } from './allow.ts';
import { type EncodedImage, encodeImage } from './encode-image.ts';
import { recordEvent } from './record-event.ts';
import { takeTurns } from './take-turns.ts';

export interface AddAssetInput extends AssetWords {
  /** The file as it was sent. */
  upload: Uint8Array;
  isDemo?: boolean;
}

interface Added {
  asset: Pick<Asset, '_id' | 'sha256' | 'altText'>;
  isNew: boolean;
}

/**
 * Puts an image into the library, written anew. `isNew` is false when the library had it already: then nothing was
 * added. Throws RuleViolation without an alt text, or for a file that is not taken.
 */
export async function addAsset(
  context: Context,
  member: Actor,
  { upload, ...words }: AddAssetInput,
): Promise<Added> {
  allow(member, 'library.edit');
  assertDescribed(words);
  const encoded = await encodeImage(upload);
  const sha256 = hashBytes(encoded.bytes);
  // By turns, so that the same file sent twice at once is one image.
  return takeTurns([`image ${sha256}`], async () => {
    const known = await Assets.findOne({ sha256 }).select('sha256 altText').lean();
    return known ? { asset: known, isNew: false } : add(context, member, { words, encoded, sha256 });
  });
}

interface NewImage {
  words: Omit<AddAssetInput, 'upload'>;
  encoded: EncodedImage;
  sha256: string;
}

async function add(context: Context, member: Actor, { words, encoded, sha256 }: NewImage): Promise<Added> {
  const purpose = words.quotesExtremists ? words.purpose : '';
  const { _id, altText } = await Assets.create({
    ...words,
    ...encoded,
    purpose,
    sha256,
    size: encoded.bytes.length,
    createdBy: member._id,
    createdAt: context.clock.now(),
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'image added',
    subject: 'asset',
    subjectId: _id,
    details: { sha256, origin: words.origin, quotesExtremists: words.quotesExtremists },
  });
  return { asset: { _id, sha256, altText }, isNew: true };
}
