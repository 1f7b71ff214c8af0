import { model, Schema } from 'mongoose';
import { type Attempt, DELIVERY_STATES, type Delivery, type ReadBack } from '../domain/delivery.ts';
import { NETWORKS } from '../domain/network.ts';
import { isDemo, optionalDate, optionalText, stringId, text } from './document.ts';

const attempt = new Schema<Attempt>(
  {
    number: { type: Number, required: true },
    fencingToken: { type: Number, required: true },
    incarnation: { type: String, required: true },
    startedAt: { type: Date, required: true },
    endedAt: optionalDate,
    outcome: optionalText,
    detail: text,
  },
  { _id: false },
);

const readBack = new Schema<ReadBack>(
  {
    at: { type: Date, required: true },
    result: { type: String, enum: ['found', 'absent', 'failed'], required: true },
    detail: text,
  },
  { _id: false },
);

const required = { type: String, required: true };

const schema = new Schema<Delivery>(
  {
    _id: stringId,
    post: required,
    campaign: required,
    message: { ...required, index: true },
    variant: required,
    account: required,
    network: { ...required, enum: NETWORKS },
    language: required,
    text: required,
    contentHash: required,
    lane: { type: Number, min: 0, max: 15, required: true },
    state: { ...required, enum: DELIVERY_STATES },
    rev: { type: Number, default: 1 },
    dueAt: { type: Date, required: true },
    nextAt: optionalDate,
    fencingToken: { type: Number, default: 0 },
    incarnation: optionalText,
    leaseUntil: optionalDate,
    attempts: [attempt],
    readBacks: [readBack],
    remoteId: optionalText,
    remoteUrl: optionalText,
    publishedAt: optionalDate,
    problem: text,
    isDemo,
  },
  { timestamps: true, versionKey: false },
);
schema.index({ post: 1, account: 1 }, { unique: true });
schema.index({ lane: 1, state: 1, nextAt: 1 });
schema.index({ state: 1, nextAt: 1 });
schema.index({ account: 1, dueAt: 1 });
schema.index({ campaign: 1, state: 1 });

export const Deliveries = model('Delivery', schema, 'deliveries');
