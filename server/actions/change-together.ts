import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { assertMayBecome, type DeliveryChange } from '../models/delivery.ts';
import { changeDeliveries, type SeenChange } from '../models/delivery-changes.ts';
import { gathered } from './gathered.ts';

const changes = gathered((_context: Context, together: readonly SeenChange[]) => changeDeliveries(together));

/**
 * Compare-and-set of one delivery, together with others that change at the same moment. null: somebody else was
 * first. Throws when the table of states knows no such way.
 */
export async function changeTogether(
  context: Context,
  seen: Delivery,
  change: DeliveryChange,
): Promise<Delivery | null> {
  // Here already: one that is wrong keeps no other from being written.
  assertMayBecome(seen.state, change.to);
  return changes(context, { seen, change });
}
