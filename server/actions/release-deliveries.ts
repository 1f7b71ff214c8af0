import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { wakeAt } from './publishing.ts';

/** Lets everything go on that waited for this account to be connected again; what is too late goes to a person. */
export async function releaseDeliveries(context: Context, account: string): Promise<void> {
  const waiting = await Deliveries.find({ account, state: 'auth-needed' }).lean<Delivery[]>();
  for (const delivery of waiting) {
    const set = { nextAt: delivery.dueAt, problem: '' };
    const released = await changeDelivery(delivery, { to: 'scheduled', set, isRevised: true });
    if (released) await wakeAt(context, delivery.lane, delivery.dueAt);
  }
}
