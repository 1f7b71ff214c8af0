import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { type Resolution, resolutionsFor } from '../domain/resolution.ts';
import { Deliveries } from '../models/delivery.ts';
import { type CalendarDelivery, withNames } from './calendar-deliveries.ts';

export type DeliveryNeedingSomeone = CalendarDelivery &
  Pick<Delivery, 'attempts' | 'readBacks' | 'parts' | 'images'> & {
    /** What one can decide; empty when it is decided elsewhere (a held post is released, an account reconnected). */
    resolutions: readonly Resolution[];
  };

const DAY_MS = 24 * 60 * 60_000;

/**
 * Everything that waits for a person, the longest waiting first: missed, unclear, held, without a valid
 * credential; what was refused for good in the last week; what a limit keeps waiting past its time; and what was
 * found on a network more often than once.
 */
export async function deliveriesNeedingSomeone(
  now: Date,
  filter: { campaign?: string } = {},
): Promise<DeliveryNeedingSomeone[]> {
  const found = await Deliveries.find({
    ...filter,
    $or: [
      { state: trusted({ $in: ['held', 'missed', 'auth-needed', 'needs-person'] }) },
      { state: 'failed', dueAt: trusted({ $gte: new Date(now.getTime() - 7 * DAY_MS) }) },
      { state: 'retry-wait', nextAt: trusted({ $gte: new Date(now.getTime() + 60 * 60_000) }) },
      { state: 'published', problem: trusted({ $ne: '' }) },
    ],
  })
    .sort({ dueAt: 1, _id: 1 })
    .lean<Delivery[]>();
  const named = await withNames(found);
  return named.map((delivery) => ({ ...delivery, resolutions: resolutionsFor(delivery.state) }));
}
