import { createHash } from 'node:crypto';
import { model, Schema, trusted } from 'mongoose';
import { type Asset, assetTerms } from '../domain/asset.ts';
import { ORIGINS, type VariantImage } from '../domain/message.ts';
import { isDemo, stringId, text, watched } from './document.ts';
import { DERIVATION, type Findable, foundFields, makeFindable, WITHOUT_MARKS } from './findable.ts';

/** An image, its bytes stored once however often it is used. They never change; the words beside them may. */
export interface StoredAsset extends Asset {
  bytes: Buffer;
  /** A small JPEG of it, for lists. */
  thumbnail: Buffer;
}

const amount = { type: Number, required: true };

const schema = new Schema<StoredAsset & Findable>(
  {
    _id: stringId,
    sha256: { type: String, required: true, unique: true },
    mimeType: { type: String, required: true },
    width: amount,
    height: amount,
    size: amount,
    altText: text,
    origin: { type: String, enum: ORIGINS, required: true },
    credit: text,
    quotesExtremists: { type: Boolean, default: false },
    purpose: text,
    bytes: { type: Buffer, required: true },
    thumbnail: { type: Buffer, required: true },
    ...foundFields,
    isDemo,
    createdBy: { type: String, required: true },
  },
  watched,
);
makeFindable(schema);
schema.index({ createdAt: -1, _id: -1 });

/** Its words always follow what was written, whoever saves. */
schema.pre('validate', function deriveTheRest() {
  this.set({ terms: assetTerms(this), indexed: DERIVATION });
});

export const Assets = model('Asset', schema, 'assets');

/** What a list reads of images: their words. */
export const WITHOUT_BYTES = `${WITHOUT_MARKS} -bytes -thumbnail`;

/** The images that these texts carry, by id, without their bytes; one that is gone is missing. */
export async function carriedAssets(
  contents: readonly { images?: readonly Pick<VariantImage, 'asset'>[] }[],
): Promise<ReadonlyMap<string, Asset>> {
  const ids = new Set(contents.flatMap(({ images = [] }) => images.map(({ asset }) => asset)));
  if (ids.size === 0) return new Map();
  const found = await Assets.find({ _id: trusted({ $in: [...ids] }) })
    .select(WITHOUT_BYTES)
    .lean<Asset[]>();
  return new Map(found.map((asset) => [asset._id, asset]));
}

/** SHA-256 in hex: what an approval binds an image by. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
