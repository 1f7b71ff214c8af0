import { model, Schema } from 'mongoose';
import type { TrailEvent } from '../domain/trail.ts';
import { newId, optionalText, stringId } from './document.ts';

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

/**
 * Appends whole entries in this order, up to the first that cannot be. By the driver: an entry is made of checked
 * parts in one place, and hundreds are written in a moment. Throws what the driver throws.
 */
export async function appendToTrail(entries: readonly Omit<TrailEvent, '_id'>[]): Promise<void> {
  const whole = entries.map((entry) => ({ _id: newId(), ...entry }));
  await TrailEvents.collection.insertMany(whole as never[], { ordered: true });
}
