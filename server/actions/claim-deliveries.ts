import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Delivery, SENDABLE_STATES } from '../domain/delivery.ts';
import { obstacleTo } from '../domain/departure.ts';
import { Accounts } from '../models/account.ts';
import { changeDelivery, claimAll, Deliveries } from '../models/delivery.ts';
import { newId } from '../models/document.ts';
import { departureFacts } from './departure-facts.ts';
import { isPaused, timesOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

const LOOKED_AT = 200;
const AT_ONCE = 64;
/** So that the last of them is sent before its lease is over. */
const PER_ACCOUNT = 4;

/**
 * Claims what is due in a lane and may leave, in the order of each account. An account that is being sent for
 * elsewhere waits. What may not leave any more is held or missed instead. Empty: nothing is left to do.
 */
export async function claimDeliveries(context: Context, { lane }: { lane: number }): Promise<Delivery[]> {
  if (await isPaused()) return [];
  const now = context.clock.now();
  const due = await dueInLane(lane, now);
  if (due.length === 0) return [];
  const factsOf = await departureFacts(context, due);
  const free: Delivery[] = [];
  for (const delivery of due) {
    const obstacle = obstacleTo(delivery, factsOf(delivery), now, timesOf(context));
    if (!obstacle) free.push(delivery);
    else if (obstacle.state) await setAside(context, delivery, obstacle.state, obstacle.reason);
  }
  return claimAll(
    firstOfEach(free).map(({ _id }) => _id),
    SENDABLE_STATES,
    {
      _id: newId(),
      incarnation: context.queue.name,
      now,
      leaseUntil: new Date(now.getTime() + timesOf(context).leaseMs),
    },
  );
}

async function dueInLane(lane: number, now: Date): Promise<Delivery[]> {
  const [busy, unfit] = await Promise.all([
    busyAccounts(lane),
    Accounts.distinct('_id', {
      $or: [{ state: trusted({ $ne: 'enabled' }) }, { limitedUntil: trusted({ $gt: now }) }],
    }),
  ]);
  const due = await Deliveries.find({
    lane,
    state: trusted({ $in: [...SENDABLE_STATES] }),
    nextAt: trusted({ $lte: now }),
    account: trusted({ $nin: [...busy, ...unfit] }),
  })
    .sort({ nextAt: 1, _id: 1 })
    .limit(LOOKED_AT)
    .lean<Delivery[]>();
  if (due.length === 0) return due;
  // Who became busy while we looked keeps its order: what we saw as first may not be the first any more.
  const busyNow = new Set(await busyAccounts(lane));
  return due.filter(({ account }) => !busyNow.has(account));
}

function busyAccounts(lane: number): Promise<string[]> {
  return Deliveries.distinct('account', { lane, state: trusted({ $in: ['claimed', 'sending'] }) });
}

async function setAside(
  context: Context,
  delivery: Delivery,
  to: 'held' | 'missed',
  problem: string,
): Promise<void> {
  const changed = await changeDelivery(delivery, { to, set: { nextAt: null, problem } });
  if (!changed) return;
  const { _id, campaign } = delivery;
  await recordEvent(context, {
    actor: null,
    verb: `delivery ${to}`,
    subject: 'delivery',
    subjectId: _id,
    campaign,
    details: { reason: problem },
  });
}

function firstOfEach(deliveries: readonly Delivery[]): Delivery[] {
  const taken = new Map<string, number>();
  return deliveries
    .filter(({ account }) => {
      const count = (taken.get(account) ?? 0) + 1;
      taken.set(account, count);
      return count <= PER_ACCOUNT;
    })
    .slice(0, AT_ONCE);
}
