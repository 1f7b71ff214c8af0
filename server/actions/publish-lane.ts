import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
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
 * Does what is due in one lane until nothing is left: looks up unclear deliveries, claims and sends the others,
 * accounts side by side and each account in its order. Takes up nothing new once the signal is aborted or its
 * shift is over; then the lane is handed on at once, and what is on its way ends.
 */
export async function publishLane(
  context: Context,
  { lane }: { lane: number },
  signal: AbortSignal,
): Promise<void> {
  const closed = AbortSignal.any([signal, AbortSignal.timeout(SHIFT_MS)]);
  await untilNothingIsLeft(context, lane, closed);
  if (closed.aborted && !signal.aborted) await context.queue.wakeLane(lane, new Date());
  await dispatchOf(context).ended(lane);
}

async function untilNothingIsLeft(context: Context, number: number, closed: AbortSignal): Promise<void> {
  const dispatch = dispatchOf(context);
  let isMore = true;
  while (isMore && !closed.aborted) {
    const lane = dispatch.lane(number);
    const { progress } = lane;
    const { sendable, unclear, busy } = await dueInLane(context, number);
    const isElsewhere = (account: string) => busy.has(account) && !lane.lines.isSending(account);
    const own = sendable.filter(({ account }) => !isElsewhere(account));
    if (own.length < sendable.length) {
      await context.queue.wakeLane(number, new Date(context.clock.now().getTime() + LOOK_AGAIN_MS));
    }
    const [looked] = await Promise.all([
      lookUp(context, unclear.slice(0, LOOKS_AT_ONCE)),
      dispatch.work(number, own, closed),
    ]);
    isMore = looked > 0 || lane.progress > progress;
  }
}

/** How many of them nobody else was looking up. */
async function lookUp(context: Context, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const unclear = await Deliveries.find({ _id: trusted({ $in: [...ids] }) }).lean<Delivery[]>();
  const looked = await Promise.all(unclear.map((delivery) => reconcileDelivery(context, delivery)));
  return looked.filter((delivery) => delivery !== null).length;
}
