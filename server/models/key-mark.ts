import { model, Schema } from 'mongoose';

/** Which secret key this database is written under: its id, from which nobody learns the key. */
export interface KeyMark {
  _id: 'secret-key';
  keyId: string;
  since: Date;
}

const schema = new Schema<KeyMark>({
  _id: { type: String, default: 'secret-key' },
  keyId: { type: String, required: true },
  since: { type: Date, required: true },
});

export const KeyMarks = model('KeyMark', schema, 'key-mark');
