import type { Context } from '../context.ts';
import { type Asset, type AssetWords, assertDescribed } from '../domain/asset.ts';
import { Assets, hashBytes } from '../models/asset.ts';
import { type Actor, allow } from './allow.ts';
import { encodeImage } from './encode-image.ts';
import { recordEvent } from './record-event.ts';

export interface AddAssetInput extends AssetWords {
  /** The file as it was sent. */
  upload: Uint8Array;
  isDemo?: boolean;
}

/**
 * Puts an image into the library, written anew. `isNew` is false when the library had it already: then nothing was
 * added. Throws RuleViolation without an alt text, or for a file that is not taken.
 */
export async function addAsset(
  context: Context,
  member: Actor,
  { upload, ...words }: AddAssetInput,
): Promise<{ asset: Pick<Asset, '_id' | 'sha256' | 'altText'>; isNew: boolean }> {
  allow(member, 'library.edit');
  assertDescribed(words);
  const encoded = await encodeImage(upload);
  const sha256 = hashBytes(encoded.bytes);
  const known = await Assets.findOne({ sha256 }).select('sha256 altText').lean();
  if (known) return { asset: known, isNew: false };
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
