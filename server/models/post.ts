import { model, Schema } from 'mongoose';
import { NETWORKS } from '../domain/network.ts';
import type { Post } from '../domain/post.ts';
import { isDemo, stringId, watched } from './document.ts';

const schema = new Schema<Post>(
  {
    _id: stringId,
    campaign: { type: String, required: true, index: true },
    message: { type: String, required: true, index: true },
    variant: { type: String, required: true },
    network: { type: String, enum: NETWORKS, required: true },
    language: { type: String, required: true },
    arm: { type: String, default: undefined },
    text: { type: String, required: true },
    contentHash: { type: String, required: true },
    accounts: [String],
    wallTime: { type: String, required: true },
    timeZone: { type: String, required: true },
    dueAt: { type: Date, required: true, index: true },
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

export const Posts = model('Post', schema, 'posts');
