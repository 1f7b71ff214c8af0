import { setTimeout as wait } from 'node:timers/promises';
import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Conflict } from '../errors.ts';
import { type CrisisPause, CrisisPauses } from '../models/crisis-pause.ts';
import { Deliveries } from '../models/delivery.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import { type Actor, allow } from './allow.ts';
import { timesOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

const LOOK_AGAIN_MS = 50;

export interface PauseInput {
  reason: string;
}

/**
 * Begins a crisis pause. When it returns, nothing leaves any more: whoever was about to send has looked at the
 * pause, or has ended. `stillLeaving` counts requests that a network had not answered even after their deadline.
 * Throws Conflict when everything is paused already.
 */
export async function pauseEverything(
  context: Context,
  member: Actor,
  { reason }: PauseInput,
): Promise<{ pause: CrisisPause; stillLeaving: number }> {
  allow(member, 'everything.pause');
  const pause = await begin(member, reason, context.clock.now());
  await recordEvent(context, {
    actor: member._id,
    verb: 'everything paused',
    subject: 'pause',
    subjectId: pause._id,
    details: { reason },
  });
  return { pause, stillLeaving: await letThemEnd(context) };
}

async function begin(member: Actor, reason: string, now: Date): Promise<CrisisPause> {
  try {
    const made = await CrisisPauses.create({ reason, startedBy: member._id, startedAt: now });
    return made.toObject();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new Conflict('Everything is paused already.');
  }
}

/** A sender writes its intent first and looks at the pause second; so who is not sending now will not send. */
async function letThemEnd(context: Context): Promise<number> {
  const deadline = performance.now() + timesOf(context).requestMs;
  for (;;) {
    const leaving = await Deliveries.countDocuments({
      state: 'sending',
      leaseUntil: trusted({ $gt: context.clock.now() }),
    });
    if (leaving === 0 || performance.now() > deadline) return leaving;
    await wait(LOOK_AGAIN_MS);
  }
}
