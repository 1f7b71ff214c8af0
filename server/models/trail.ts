import { model, Schema } from 'mongoose';
import type { TrailEvent } from '../domain/trail.ts';
import { optionalText, stringId } from './document.ts';

const required = { type: String, required: true };

const schema = new Schema<TrailEvent>(
  {
    _id: stringId,
    sequence: { type: Number, required: true, unique: true },
    at: { type: Date, required: true },
    actor: optionalText,
    verb: required,
    subject: required,
    subjectId: required,
    campaign: optionalText,
    details: { type: Schema.Types.Mixed, default: () => ({}) },
    previousHash: { type: String, default: '' },
    hash: required,
  },
  { versionKey: false, minimize: false },
);
schema.index({ subject: 1, subjectId: 1, sequence: 1 });
schema.index({ campaign: 1, sequence: 1 });

export const TrailEvents = model('TrailEvent', schema, 'trail');
