import { trusted } from 'mongoose';
import { PERSON_STATES } from '../domain/delivery.ts';
import { Deliveries } from '../models/delivery.ts';
import { Messages } from '../models/message.ts';

export interface Waiting {
  /** Messages in review that this member may approve, because somebody else wrote them. */
  reviews: number;
  /** Deliveries that need a person. */
  deliveries: number;
}

/** What the navigation counts for one member. */
export async function countWaiting(memberId: string): Promise<Waiting> {
  const [reviews, deliveries] = await Promise.all([
    Messages.countDocuments({ state: 'in-review', writers: trusted({ $ne: memberId }) }),
    Deliveries.countDocuments({ state: trusted({ $in: [...PERSON_STATES] }) }),
  ]);
  return { reviews, deliveries };
}
