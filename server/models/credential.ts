import { model, Schema } from 'mongoose';
import { optionalDate, optionalText, stringId } from './document.ts';

/** Sealed fields of one account's credential; only the action that sends can open them. */
export interface StoredCredential {
  _id: string;
  account: string;
  /** Which key-encryption key sealed the data key. */
  keyId: string;
  sealedKey: string;
  /** Field name to sealed value. */
  fields: Record<string, string>;
  /** While somebody renews it, until when nobody else may: a renewal is good for one use. */
  renewalUntil: Date | null;
  /** Who renews it. */
  renewalBy: string | null;
  updatedAt: Date;
}

const schema = new Schema<StoredCredential>(
  {
    _id: stringId,
    account: { type: String, required: true, unique: true },
    keyId: { type: String, required: true },
    sealedKey: { type: String, required: true },
    fields: { type: Schema.Types.Mixed, required: true },
    renewalUntil: optionalDate,
    renewalBy: optionalText,
  },
  { timestamps: true },
);

export const Credentials = model('Credential', schema, 'credentials');
