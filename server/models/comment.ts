import { model, Schema } from 'mongoose';
import type { Anchor, Comment, CommentAnswer } from '../domain/comment.ts';
import { isDemo, optionalDate, optionalText, stringId, text } from './document.ts';

const required = { type: String, required: true };
const anchor = new Schema<Anchor>({ quote: required, before: text, after: text }, { _id: false });
const answer = new Schema<CommentAnswer>({
  _id: stringId,
  text: required,
  author: required,
  at: { type: Date, required: true },
});

const schema = new Schema<Comment>({
  _id: stringId,
  message: required,
  variant: required,
  anchor: { type: anchor, default: null },
  text: required,
  author: required,
  answers: [answer],
  resolvedBy: optionalText,
  resolvedAt: optionalDate,
  isDemo,
  createdAt: { type: Date, required: true },
});
schema.index({ message: 1, createdAt: 1 });

export const Comments = model('Comment', schema, 'comments');
