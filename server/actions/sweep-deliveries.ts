import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Delivery, isBeingWithdrawn } from '../domain/delivery.ts';
import { firstLookAt } from '../domain/settlement.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { completeDecisions } from './complete-decisions.ts';
import { endedAmong, proveDeaths } from './prove-deaths.ts';
import { isPaused, timesOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

const HELD_BY_LEASE = ['claimed', 'sending', 'reconciling'] as const;

/**
 * Puts right whatever a crash left behind, and sets every alarm of the near future; run at boot and every half
 * minute. Afterwards nothing that is not final is past its time without an alarm or a person.
 */
export async function sweepDeliveries(context: Context): Promise<void> {
  await proveDeaths(context);
  await takeBack(context);
  await showBrokenWithdrawals(context);
  if (!(await isPaused())) await giveUpLate(context);
  await setAlarms(context);
  // Last: whatever goes wrong with a review must not keep a post from leaving.
  await completeDecisions(context);
}

/** What a claim holds whose lease is over, or whose process has ended, is free again. */
async function takeBack(context: Context): Promise<void> {
  const leased = await Deliveries.find({ state: trusted({ $in: [...HELD_BY_LEASE] }) }).lean<Delivery[]>();
  const ended = await endedAmong(leased.map(({ incarnation }) => incarnation));
  const now = context.clock.now();
  for (const delivery of leased) if (isOver(delivery, ended, now)) await takeBackOne(context, delivery, now);
}

function isOver({ leaseUntil, incarnation }: Delivery, ended: ReadonlySet<string>, now: Date): boolean {
  return leaseUntil !== null && (leaseUntil <= now || ended.has(incarnation ?? ''));
}

/**
 * A withdrawal whose sender stopped may have deleted all, some or nothing: it goes before a person, who may withdraw
 * again, since what is gone already counts as deleted.
 */
async function showBrokenWithdrawals(context: Context): Promise<void> {
  const open = await Deliveries.find({
    state: 'published',
    nextAt: trusted({ $ne: null }),
  }).lean<Delivery[]>();
  const ended = await endedAmong(open.map(({ incarnation }) => incarnation));
  const now = context.clock.now();
  const problem = 'Its withdrawal stopped halfway; it may still be on the network. Withdraw it again.';
  for (const delivery of open) {
    if (!isBeingWithdrawn(delivery) || !isOver(delivery, ended, now)) continue;
    const set = { problem, leaseUntil: null, nextAt: null };
    const shown = await changeDelivery(delivery, { to: 'published', set });
    if (shown) context.log.warn({ delivery: shown._id }, 'withdrawal stopped halfway');
  }
}

async function takeBackOne(context: Context, delivery: Delivery, now: Date): Promise<void> {
  if (delivery.state === 'claimed') {
    // No intent is on record, so nothing can have left.
    await changeDelivery(delivery, { to: 'scheduled', set: { nextAt: now, leaseUntil: null } });
    return;
  }
  if (delivery.state === 'reconciling') {
    await changeDelivery(delivery, { to: 'reconciling', set: { nextAt: now, leaseUntil: null } });
    return;
  }
  const problem = 'The process that was sending it stopped before it knew the outcome.';
  const nextAt = firstLookAt(now, timesOf(context));
  const unknown = await changeDelivery(delivery, {
    to: 'unknown',
    set: { nextAt, leaseUntil: null, problem },
  });
  if (!unknown) return;
  context.log.warn({ delivery: delivery._id }, 'outcome unknown after a crash');
  await record(context, unknown, problem);
}

async function giveUpLate(context: Context): Promise<void> {
  const { toleranceMs } = timesOf(context);
  const latest = new Date(context.clock.now().getTime() - toleranceMs);
  const late = await Deliveries.find({
    state: trusted({ $in: ['scheduled', 'retry-wait'] }),
    dueAt: trusted({ $lt: latest }),
  }).lean<Delivery[]>();
  for (const delivery of late) {
    const problem = delivery.problem || 'It could not leave in time.';
    const missed = await changeDelivery(delivery, { to: 'missed', set: { nextAt: null, problem } });
    if (missed) await record(context, missed, problem);
  }
}

/** Everything overdue in a lane is one alarm: after an outage it would be one for every second that was missed. */
async function setAlarms(context: Context): Promise<void> {
  const now = context.clock.now();
  const { horizonMs, leadMs } = timesOf(context);
  const until = new Date(now.getTime() + horizonMs);
  const wanted = await Deliveries.aggregate<{ _id: { lane: number; at: Date } }>([
    {
      $match: {
        state: { $in: ['scheduled', 'retry-wait', 'unknown', 'reconciling'] },
        nextAt: { $ne: null, $lte: until },
      },
    },
    { $group: { _id: { lane: '$lane', at: { $max: [{ $subtract: ['$nextAt', leadMs] }, now] } } } },
  ]);
  if (wanted.length > 0) await context.queue.wakeLanes(wanted.map(({ _id }) => _id));
}

async function record(context: Context, { _id, state, campaign }: Delivery, reason: string): Promise<void> {
  await recordEvent(context, {
    actor: null,
    verb: `delivery ${state}`,
    subject: 'delivery',
    subjectId: _id,
    campaign,
    details: { reason },
  });
}
