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
  const updatedAt = new Date();
  // By the driver: what is written is made of checked parts here, and casting hundreds of them costs more than the write.
  const { matchedCount } = await Deliveries.collection.bulkWrite(
    changes.map((one) => writeOf(one, updatedAt)),
    { ordered: false },
  );
  // Every one was as it was seen, so it is now what was written: nothing has to be asked.
  if (matchedCount === changes.length) return changes.map((one) => resultOf(one, updatedAt));
  const ids = changes.map(({ seen }) => seen._id);
  const now = await Deliveries.find({ _id: trusted({ $in: ids }) }).lean<Delivery[]>();
  const byId = new Map(now.map((delivery) => [delivery._id, delivery]));
  return changes.map((change) => {
    const found = byId.get(change.seen._id);
    return found && isResultOf(found, change) ? found : null;
  });
}

function writeOf({ seen: { _id, state, rev, fencingToken }, change }: SeenChange, updatedAt: Date) {
  assertMayBecome(state, change.to);
  const { $set, ...update } = updateOf(change);
  // The driver writes null for what is undefined, and the schema's ids are texts.
  const given = Object.fromEntries(
    Object.entries({ ...$set, updatedAt }).filter(([, value]) => value !== undefined),
  );
  const filter = { _id: _id as never, state, rev, fencingToken };
  return { updateOne: { filter, update: { ...update, $set: given } as object } };
}

/** What the write makes of the delivery as it was seen. */
function resultOf(
  { seen, change: { to, set = {}, push = {}, isRevised, isClaimed } }: SeenChange,
  updatedAt: Date,
): Delivery {
  const result: Delivery = {
    ...seen,
    state: to,
    rev: seen.rev + (isRevised ? 1 : 0),
    fencingToken: seen.fencingToken + (isClaimed ? 1 : 0),
    attempts: seen.attempts.map((attempt) => ({ ...attempt })),
    updatedAt,
  };
  for (const [path, value] of Object.entries(set)) if (value !== undefined) put(result, path, value);
  for (const [name, item] of Object.entries(push)) put(result, name, [...listAt(result, name), item]);
  return result;
}

function put(delivery: Delivery, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = at(delivery, names.join('.')) as Record<string, unknown>;
  parent[last] = value;
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
  const isPushed = Object.keys(push).every(
    (name) => listAt(found, name).length === listAt(seen, name).length + 1,
  );
  return isPushed && Object.entries(set).every(([path, value]) => isSame(at(found, path), value));
}

function listAt(delivery: Delivery, name: string): unknown[] {
  const list = at(delivery, name);
  return Array.isArray(list) ? list : [];
}

function at(delivery: Delivery, path: string): unknown {
  if (path === '') return delivery;
  return path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], delivery);
}

function isSame(found: unknown, wanted: unknown): boolean {
  if (found instanceof Date && wanted instanceof Date) return found.getTime() === wanted.getTime();
  return (found ?? null) === (wanted ?? null);
}
