import { model, Schema } from 'mongoose';
import type { Measurement } from '../domain/measurement.ts';
import { NETWORKS } from '../domain/network.ts';
import { isDemo, optionalNumber, stringId } from './document.ts';

const required = { type: String, required: true };

const schema = new Schema<Measurement>({
  _id: stringId,
  delivery: required,
  post: required,
  campaign: required,
  message: required,
  variant: required,
  account: required,
  network: { ...required, enum: NETWORKS },
  takenAt: { type: Date, required: true },
  ageMinutes: { type: Number, required: true },
  impressions: optionalNumber,
  likes: optionalNumber,
  reposts: optionalNumber,
  replies: optionalNumber,
  quotes: optionalNumber,
  bookmarks: optionalNumber,
  linkClicks: optionalNumber,
  profileClicks: optionalNumber,
  isDemo,
});
schema.index({ delivery: 1, takenAt: 1 }, { unique: true });
schema.index({ campaign: 1, takenAt: 1 });

export const Measurements = model('Measurement', schema, 'measurements');

/** When each of these deliveries was measured last; those that never were are missing. */
export async function lastTakenAt(deliveries: readonly string[]): Promise<Map<string, Date>> {
  const rows = await Measurements.aggregate<{ _id: string; takenAt: Date }>([
    { $match: { delivery: { $in: [...deliveries] } } },
    { $group: { _id: '$delivery', takenAt: { $max: '$takenAt' } } },
  ]);
  return new Map(rows.map(({ _id, takenAt }) => [_id, takenAt]));
}
