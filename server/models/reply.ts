import { model, Schema } from 'mongoose';
import { REPLY_CODES, type Reply } from '../domain/reply.ts';
import { isDemo, optionalDate, optionalText, stringId } from './document.ts';

const required = { type: String, required: true };

/** Holds no handle, id, link or biography of anybody who answered (domain rule 6). */
const schema = new Schema<Reply>({
  _id: stringId,
  campaign: required,
  delivery: required,
  replyKey: { ...required, unique: true },
  threadKey: required,
  text: optionalText,
  language: required,
  receivedAt: { type: Date, required: true },
  textExpiresAt: { type: Date, required: true, index: true },
  code: { type: String, enum: [...REPLY_CODES, null], default: null },
  coder: optionalText,
  codedAt: optionalDate,
  isDemo,
});
schema.index({ campaign: 1, code: 1, receivedAt: 1 });

export const Replies = model('Reply', schema, 'replies');
