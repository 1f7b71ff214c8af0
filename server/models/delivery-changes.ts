import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { assertMayBecome, changeDelivery, Deliveries, type DeliveryChange, updateOf } from './delivery.ts';

export interface SeenChange {
  seen: Delivery;
  change: DeliveryChange;
}

/**
 * Compare-and-set for many deliveries in one write, each on its own. Returns them as they are now, in the same
 * order; null: somebody else was first. Throws when the table of states knows no such way.
 */
export async function changeDeliveries(changes: readonly SeenChange[]): Promise<(Delivery | null)[]> {
  const [only] = changes;
  if (!only) return [];
  if (changes.length === 1) return [await changeDelivery(only.seen, only.change)];
  const writes = changes.map(({ seen, change }) => {
    assertMayBecome(seen.state, change.to);
    const { _id, state, rev, fencingToken } = seen;
    return { updateOne: { filter: { _id, state, rev, fencingToken }, update: updateOf(change) } };
  });
  await Deliveries.bulkWrite(writes, { ordered: false });
  const ids = changes.map(({ seen }) => seen._id);
  const now = await Deliveries.find({ _id: trusted({ $in: ids }) }).lean<Delivery[]>();
  const byId = new Map(now.map((delivery) => [delivery._id, delivery]));
  return changes.map((change) => {
    const found = byId.get(change.seen._id);
    return found && isResultOf(found, change) ? found : null;
  });
}

/**
 * A write of many does not say which of them were done. The claim says it: nobody but its holder writes under its
 * token, except who takes it away, and that shows in the state and in what is set.
 */
function isResultOf(
  found: Delivery,
  { seen, change: { to, set = {}, push = {}, isClaimed } }: SeenChange,
): boolean {
  const token = seen.fencingToken + (isClaimed ? 1 : 0);
  if (found.state !== to || found.fencingToken !== token) return false;
  const isPushed = Object.keys(push).every((name) => lengthOf(found, name) === lengthOf(seen, name) + 1);
  return isPushed && Object.entries(set).every(([path, value]) => isSame(at(found, path), value));
}

function lengthOf(delivery: Delivery, name: string): number {
  const list = at(delivery, name);
  return Array.isArray(list) ? list.length : 0;
}

function at(delivery: Delivery, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], delivery);
}

function isSame(found: unknown, wanted: unknown): boolean {
  if (found instanceof Date && wanted instanceof Date) return found.getTime() === wanted.getTime();
  return (found ?? null) === (wanted ?? null);
}
