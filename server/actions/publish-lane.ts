import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Delivery, UNCLEAR_STATES } from '../domain/delivery.ts';
import { groupBy } from '../domain/group-by.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { publishDelivery } from './publish-delivery.ts';
import { reconcileDelivery } from './reconcile-delivery.ts';

/** Shorter than the life of a job's lock, so that a long queue is handed on instead of being taken for dead. */
const SHIFT_MS = 30_000;
const LOOKS_AT_ONCE = 8;

/**
 * Does what is due in one lane until nothing is left: looks up unclear deliveries, claims and sends the others,
 * accounts side by side and each account in its order. Takes up nothing new once the signal is aborted.
 */
export async function publishLane(
  context: Context,
  { lane }: { lane: number },
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  while (!signal.aborted) {
    if (performance.now() - began > SHIFT_MS) return context.queue.wakeLane(lane, new Date());
    const looked = await lookUpUnclear(context, lane);
    const claimed = await claimDeliveries(context, { lane });
    if (looked + claimed.length === 0) return;
    const accounts = [...groupBy(claimed, ({ account }) => account).values()];
    await Promise.all(accounts.map((deliveries) => sendInOrder(context, deliveries, signal)));
  }
}

async function lookUpUnclear(context: Context, lane: number): Promise<number> {
  const unclear = await Deliveries.find({
    lane,
    state: trusted({ $in: [...UNCLEAR_STATES] }),
    nextAt: trusted({ $lte: context.clock.now() }),
  })
    .sort({ nextAt: 1 })
    .limit(LOOKS_AT_ONCE)
    .lean<Delivery[]>();
  const looked = await Promise.all(unclear.map((delivery) => reconcileDelivery(context, delivery)));
  return looked.filter((delivery) => delivery !== null).length;
}

/** When the network wants this account to wait, or its credential is dead, the rest of its claims wait as well. */
async function sendInOrder(context: Context, deliveries: Delivery[], signal: AbortSignal): Promise<void> {
  let waitUntil: Date | null = null;
  for (const delivery of deliveries) {
    if (signal.aborted || waitUntil) {
      const nextAt = waitUntil ?? delivery.dueAt;
      await changeDelivery(delivery, { to: 'scheduled', set: { nextAt, leaseUntil: null } });
      continue;
    }
    const settled = await publishDelivery(context, delivery);
    const outcome = settled?.attempts.at(-1)?.outcome;
    if (settled?.state === 'auth-needed') waitUntil = delivery.dueAt;
    else if (outcome === 'limited') waitUntil = settled?.nextAt ?? null;
  }
}
