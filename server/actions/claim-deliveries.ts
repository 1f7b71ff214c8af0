import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Delivery, SENDABLE_STATES } from '../domain/delivery.ts';
import { obstacleTo } from '../domain/departure.ts';
import { changeDelivery, claimAll, Deliveries } from '../models/delivery.ts';
import { newId } from '../models/document.ts';
import { departureFacts } from './departure-facts.ts';
import { timesOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

export interface Claims {
  claimed: Delivery[];
  /** Ids of those that may not leave any more: held or missed now, so that the next of their account may. */
  setAside: string[];
}

/**
 * Claims those of these deliveries that are due, or nearly so, and may leave when they are; each is the first of its
 * account. What may not leave any more is held or missed instead. What is in neither list waits, or is somebody
 * else's. Whoever sends looks at everything once more.
 */
export async function claimDeliveries(context: Context, ids: readonly string[]): Promise<Claims> {
  if (ids.length === 0) return { claimed: [], setAside: [] };
  const now = context.clock.now();
  const { leadMs, leaseMs } = timesOf(context);
  const until = new Date(now.getTime() + leadMs);
  const due = await Deliveries.find({
    _id: trusted({ $in: [...ids] }),
    state: trusted({ $in: [...SENDABLE_STATES] }),
    nextAt: trusted({ $lte: until }),
  })
    .batchSize(ids.length)
    .lean<Delivery[]>();
  const factsOf = await departureFacts(context, due);
  const free: string[] = [];
  const setAside: string[] = [];
  for (const delivery of due) {
    const leavesAt = delivery.nextAt && delivery.nextAt > now ? delivery.nextAt : now;
    const obstacle = obstacleTo(delivery, factsOf(delivery), leavesAt, timesOf(context));
    if (!obstacle) free.push(delivery._id);
    else if (obstacle.state) {
      if (await putAside(context, delivery, obstacle.state, obstacle.reason)) setAside.push(delivery._id);
    }
  }
  if (free.length === 0) return { claimed: [], setAside };
  const claimed = await claimAll(free, SENDABLE_STATES, {
    _id: newId(),
    incarnation: context.queue.name,
    until,
    leaseUntil: new Date(now.getTime() + leaseMs),
  });
  return { claimed, setAside };
}

async function putAside(
  context: Context,
  delivery: Delivery,
  to: 'held' | 'missed',
  problem: string,
): Promise<boolean> {
  const changed = await changeDelivery(delivery, { to, set: { nextAt: null, problem } });
  if (!changed) return false;
  const { _id, campaign } = delivery;
  await recordEvent(context, {
    actor: null,
    verb: `delivery ${to}`,
    subject: 'delivery',
    subjectId: _id,
    campaign,
    details: { reason: problem },
  });
  return true;
}
