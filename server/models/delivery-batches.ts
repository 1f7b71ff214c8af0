import { trusted } from 'mongoose';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import { Deliveries } from './delivery.ts';

/** So many are looked at and changed at a time. */
const BATCH = 200;

/** Deliveries in these states, a batch at a time and each once, so that thousands are never held or written at once. */
export async function* deliveryBatches(
  states: readonly DeliveryState[],
  where: object = {},
): AsyncGenerator<Delivery[]> {
  const state = trusted({ $in: [...states] });
  for (let after = ''; ; ) {
    const batch = await Deliveries.find({ ...where, state, _id: trusted({ $gt: after }) })
      .sort({ _id: 1 })
      .limit(BATCH)
      .batchSize(BATCH)
      .lean<Delivery[]>();
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
    after = batch.at(-1)?._id ?? '';
  }
}
