import type { Context } from '../context.ts';
import { type Delivery, isBeingWithdrawn } from '../domain/delivery.ts';
import { Conflict, NotFound, Upstream } from '../errors.ts';
import { Deliveries } from '../models/delivery.ts';
import { type Actor, allow } from './allow.ts';
import { deleteDelivery } from './delete-delivery.ts';

export interface WithdrawDeliveryInput {
  delivery: string;
  /** In words; goes into the trail. */
  reason: string;
}

/**
 * Takes one published delivery back. Throws Conflict when it is not on the network or somebody else is at it, and
 * Upstream with what the network said when it refused.
 */
export async function withdrawDelivery(
  context: Context,
  member: Actor,
  { delivery: id, reason }: WithdrawDeliveryInput,
): Promise<Delivery> {
  allow(member, 'deliveries.resolve');
  const delivery = await Deliveries.findById(id).lean<Delivery>();
  if (!delivery) throw new NotFound('This delivery does not exist any more.');
  if (delivery.state !== 'published' || !delivery.remoteId) {
    throw new Conflict('Only what is known to be on a network can be withdrawn.');
  }
  if (isBeingWithdrawn(delivery) && delivery.leaseUntil && delivery.leaseUntil > context.clock.now()) {
    throw new Conflict('Somebody else is withdrawing it.');
  }
  const { outcome, settled } = await deleteDelivery(context, delivery, { actor: member._id, reason });
  if (outcome.kind !== 'accepted') throw new Upstream(`It is still on the network: ${outcome.detail}`);
  return settled;
}
