import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { WAITING_STATES } from '../domain/delivery.ts';
import { Conflict } from '../errors.ts';
import { CrisisPauses } from '../models/crisis-pause.ts';
import { changeDelivery } from '../models/delivery.ts';
import { deliveryBatches } from '../models/delivery-batches.ts';
import { type Actor, allow } from './allow.ts';
import { holdAfterCrisis } from './hold-after-crisis.ts';
import { recordEvent } from './record-event.ts';

const WHY_MISSED = 'It became due while everything was paused: look at it again before it goes out.';

export interface ResumeInput {
  /** Ids of campaigns whose scheduled posts go out as placed, although their harm was not assessed anew. */
  letGo: readonly string[];
}

/**
 * Ends the crisis pause. What became due meanwhile does not go out by itself: somebody looks at each of them. What is
 * still to come is held until its harm is assessed anew, except in the campaigns that a person lets go on.
 * Throws Conflict when nothing is paused.
 */
export async function resumePublishing(
  context: Context,
  member: Actor,
  { letGo }: ResumeInput = { letGo: [] },
): Promise<{ missed: number; held: number }> {
  allow(member, 'everything.resume');
  const pause = await CrisisPauses.findOne({ endedAt: null }).lean();
  if (!pause) throw new Conflict('Nothing is paused.');
  // Overdue deliveries are set aside before the pause ends, so that none of them can slip out in between.
  const missed = await setAside(context.clock.now());
  const held = await holdAfterCrisis({ pause, letGo });
  const ended = await CrisisPauses.findOneAndUpdate(
    { _id: pause._id, endedAt: null },
    { $set: { endedAt: context.clock.now(), endedBy: member._id } },
  );
  if (!ended) throw new Conflict('Somebody else has just resumed publishing.');
  await recordEvent(context, {
    actor: member._id,
    verb: 'publishing resumed',
    subject: 'pause',
    subjectId: pause._id,
    details: { missed, held, letGo: [...letGo] },
  });
  return { missed, held };
}

async function setAside(now: Date): Promise<number> {
  let missed = 0;
  for await (const overdue of deliveryBatches(WAITING_STATES, { dueAt: trusted({ $lte: now }) })) {
    const changed = await Promise.all(
      overdue.map((delivery) =>
        changeDelivery(delivery, {
          to: 'missed',
          set: { nextAt: null, leaseUntil: null, problem: WHY_MISSED },
          isRevised: true,
        }),
      ),
    );
    missed += changed.filter((delivery) => delivery !== null).length;
  }
  return missed;
}
