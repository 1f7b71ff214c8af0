import { createHash } from 'node:crypto';
import { model, Schema } from 'mongoose';
import { isDemo, stringId, text } from './document.ts';

/** An image, its bytes stored once however often it is used. */
export interface Asset {
  _id: string;
  /** Of the bytes, in hex. */
  sha256: string;
  mimeType: string;
  /** Proposed where the asset is used; what is approved and sent is the variant's own. */
  altText: string;
  /** Who made it and under which licence, in words. */
  origin: string;
  bytes: Buffer;
  isDemo: boolean;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<Asset>(
  {
    _id: stringId,
    sha256: { type: String, required: true, unique: true },
    mimeType: { type: String, required: true },
    altText: text,
    origin: text,
    bytes: { type: Buffer, required: true },
    isDemo,
    createdBy: { type: String, required: true },
  },
  { timestamps: true, versionKey: false },
);

export const Assets = model('Asset', schema, 'assets');

/** SHA-256 in hex: what an approval binds an image by. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
