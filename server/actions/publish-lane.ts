import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Due } from '../domain/lines.ts';
import { Deliveries } from '../models/delivery.ts';
import { dispatchOf } from './dispatch.ts';
import { dueInLane } from './due-in-lane.ts';
import { reconcileDelivery } from './reconcile-delivery.ts';

/** Shorter than the life of a job's lock, so that a long queue is handed on instead of being taken for dead. */
const SHIFT_MS = 30_000;
const LOOKS_AT_ONCE = 8;
/** Who is being sent for elsewhere may have more that is due: it is looked for again after this. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Does what is due in one lane, or about to be, until nothing overdue is left: looks up unclear deliveries, claims and
 * sends the others at their time, accounts side by side and each account in its order. What comes later has an alarm
 * of its own. Takes up nothing new once the signal is aborted or its shift is over; then the lane is handed on at
 * once, and what is on its way ends.
 */
export async function publishLane(
  context: Context,
  { lane }: { lane: number },
  signal: AbortSignal,
): Promise<void> {
  const closed = AbortSignal.any([signal, AbortSignal.timeout(SHIFT_MS)]);
  await dispatchOf(context).holdOpen(lane, closed, async () => {
    await untilNothingIsLeft(context, lane, closed);
    if (closed.aborted && !signal.aborted) await context.queue.wakeLane(lane, new Date());
  });
}

async function untilNothingIsLeft(context: Context, lane: number, closed: AbortSignal): Promise<void> {
  const dispatch = dispatchOf(context);
  for (let isFirst = true; !closed.aborted; isFirst = false) {
    const { sendable, unclear, busy } = await dueInLane(context, lane);
    const now = context.clock.now();
    const isOverdue = ({ nextAt }: Due) => nextAt <= now;
    if (!isFirst && ![...sendable, ...unclear].some(isOverdue)) return;
    const isElsewhere = ({ account }: Due) => busy.has(account) && !dispatch.isSending(lane, account);
    const own = sendable.filter((due) => !isElsewhere(due));
    if (own.length < sendable.length) {
      await context.queue.wakeLane(lane, new Date(now.getTime() + LOOK_AGAIN_MS));
    }
    const [looked, sent] = await Promise.all([
      lookUp(context, unclear.slice(0, LOOKS_AT_ONCE), closed),
      dispatch.work(lane, own, closed),
    ]);
    if (looked + sent === 0) return;
  }
}

/** How many of them nobody else was looking up. */
async function lookUp(context: Context, due: readonly Due[], closed: AbortSignal): Promise<number> {
  const last = due.at(-1);
  if (!last) return 0;
  await context.clock.until(last.nextAt, closed);
  const ids = due.map(({ _id }) => _id);
  const unclear = await Deliveries.find({
    _id: trusted({ $in: ids }),
    nextAt: trusted({ $lte: context.clock.now() }),
  }).lean<Delivery[]>();
  const looked = await Promise.all(unclear.map((delivery) => reconcileDelivery(context, delivery)));
  return looked.filter((delivery) => delivery !== null).length;
}
