import { createHash } from 'node:crypto';
import { model, Schema } from 'mongoose';
import type { Asset } from '../domain/asset.ts';
import { ORIGINS } from '../domain/message.ts';
import { isDemo, stringId, text, watched } from './document.ts';

/** An image, its bytes stored once however often it is used. They never change; the words beside them may. */
export interface StoredAsset extends Asset {
  bytes: Buffer;
  /** A small JPEG of it, for lists. */
  thumbnail: Buffer;
}

const amount = { type: Number, required: true };

const schema = new Schema<StoredAsset>(
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
    isDemo,
    createdBy: { type: String, required: true },
  },
  watched,
);
schema.index({ createdAt: -1, _id: -1 });

export const Assets = model('Asset', schema, 'assets');

/** What a list reads of images: their words. */
export const WITHOUT_BYTES = '-bytes -thumbnail';

/** SHA-256 in hex: what an approval binds an image by. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
