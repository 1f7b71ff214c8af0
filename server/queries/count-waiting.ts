import type { DeliveryState } from '../domain/delivery.ts';
import { Deliveries } from '../models/delivery.ts';
import { Messages } from '../models/message.ts';

/** States in which a delivery can only go on when a person decides. */
export const NEEDS_SOMEONE: readonly DeliveryState[] = ['needs-person', 'missed', 'auth-needed'];

export interface Waiting {
  /** Messages in review that this member may approve, because somebody else wrote them. */
  reviews: number;
  /** Deliveries that need a person. */
  deliveries: number;
}

/** What the navigation counts for one member. */
export async function countWaiting(memberId: string): Promise<Waiting> {
  const [reviews, deliveries] = await Promise.all([
    Messages.countDocuments({ state: 'in-review', writers: { $ne: memberId } }),
    Deliveries.countDocuments({ state: { $in: NEEDS_SOMEONE } }),
  ]);
  return { reviews, deliveries };
}
