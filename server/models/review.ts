import { model, Schema } from 'mongoose';
import { DECISIONS, type Review } from '../domain/review.ts';
import { isDemo, stringId, text } from './document.ts';

const schema = new Schema<Review>(
  {
    _id: stringId,
    message: { type: String, required: true },
    contentHash: { type: String, required: true },
    decision: { type: String, enum: DECISIONS, required: true },
    comment: text,
    reviewer: { type: String, required: true },
    isDemo,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
schema.index({ message: 1, createdAt: -1 });

export const Reviews = model('Review', schema, 'reviews');
