import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { Deliveries } from '../models/delivery.ts';
import { type CalendarDelivery, withNames } from './calendar-deliveries.ts';

/** What became due while everything was paused: resuming sets each of these aside for a person. */
export async function overdueDeliveries(now: Date): Promise<CalendarDelivery[]> {
  const overdue = await Deliveries.find({
    state: trusted({ $in: ['scheduled', 'retry-wait'] }),
    dueAt: trusted({ $lte: now }),
  })
    .sort({ dueAt: 1 })
    .lean<Delivery[]>();
  return withNames(overdue);
}
