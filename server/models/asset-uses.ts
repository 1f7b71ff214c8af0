import { trusted } from 'mongoose';
import { DELIVERY_STATES, isFinal } from '../domain/delivery.ts';
import { Deliveries } from './delivery.ts';
import { Messages } from './message.ts';

const WAITING = DELIVERY_STATES.filter((state) => !isFinal(state));

/** How many texts that were handed over to a decision, and how many deliveries that still wait, carry this image. */
export async function bindingUses(asset: string): Promise<{ messages: number; deliveries: number }> {
  const [messages, deliveries] = await Promise.all([
    Messages.countDocuments({
      state: trusted({ $in: ['in-review', 'approved'] }),
      'variants.images.asset': asset,
    }),
    Deliveries.countDocuments({ state: trusted({ $in: WAITING }), 'images.asset': asset }),
  ]);
  return { messages, deliveries };
}
