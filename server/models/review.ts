import { model, Schema } from 'mongoose';
import { MESSAGE_STATES, type Message } from '../domain/message.ts';
import { DECISIONS, type Review } from '../domain/review.ts';
import { isDemo, stringId, text } from './document.ts';

const schema = new Schema<Review>(
  {
    _id: stringId,
    message: { type: String, required: true },
    contentHash: { type: String, required: true },
    decision: { type: String, enum: DECISIONS, required: true },
    comment: text,
    checked: [String],
    reviewer: { type: String, required: true },
    outcome: { type: String, enum: MESSAGE_STATES, required: true },
    isRecorded: { type: Boolean, default: false },
    isDemo,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
schema.index({ message: 1, createdAt: -1 });
schema.index({ createdAt: 1 }, { partialFilterExpression: { isRecorded: false } });

export const Reviews = model('Review', schema, 'reviews');

/** Whether the reviewer whom an approval names did approve exactly this content. */
export async function isOnRecord({ _id, approval }: Pick<Message, '_id' | 'approval'>): Promise<boolean> {
  if (!approval) return false;
  const { contentHash, reviewer } = approval;
  const found = await Reviews.exists({ message: _id, contentHash, reviewer, decision: 'approve' });
  return found !== null;
}
