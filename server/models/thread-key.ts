import { model, Schema } from 'mongoose';
import { stringId } from './document.ts';

/** The key that hashes reply and thread ids of one campaign; deleted when the campaign closes (domain rule 6). */
export interface ThreadKey {
  _id: string;
  campaign: string;
  key: string;
}

const schema = new Schema<ThreadKey>({
  _id: stringId,
  campaign: { type: String, required: true, unique: true },
  key: { type: String, required: true },
});

export const ThreadKeys = model('ThreadKey', schema, 'threadKeys');
