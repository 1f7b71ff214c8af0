import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { assessedSince } from '../models/after-crisis.ts';
import type { CrisisPause } from '../models/crisis-pause.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';

const WHY_HELD = 'Everything was paused since its harm was assessed: assess it anew, then place it again.';
/** So many are looked at and changed at a time. */
const BATCH = 200;

/**
 * Holds what is still to come, because the world in which its harm was assessed is another one; except what was
 * assessed since the pause began, and the campaigns that a person lets go on. Source: the glossary, do-no-harm
 * assessment "re-assessed after a crisis". Called before the pause ends, so that nothing slips out in between.
 */
export async function holdAfterCrisis(
  context: Context,
  { pause, letGo }: { pause: Pick<CrisisPause, 'startedAt'>; letGo: readonly string[] },
): Promise<number> {
  const now = context.clock.now();
  let held = 0;
  for (let after = ''; ; ) {
    const waiting = await Deliveries.find({
      _id: trusted({ $gt: after }),
      state: trusted({ $in: ['scheduled', 'retry-wait'] }),
      dueAt: trusted({ $gt: now }),
      campaign: trusted({ $nin: [...letGo] }),
    })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<Delivery[]>();
    const isAssessed = await assessedSince(pause.startedAt, waiting);
    const changed = await Promise.all(
      waiting
        .filter((delivery) => !isAssessed(delivery))
        .map((delivery) =>
          changeDelivery(delivery, {
            to: 'held',
            set: { nextAt: null, problem: WHY_HELD },
            isRevised: true,
          }),
        ),
    );
    held += changed.filter((delivery) => delivery !== null).length;
    after = waiting.at(-1)?._id ?? '';
    if (waiting.length < BATCH) return held;
  }
}
