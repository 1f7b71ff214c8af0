import { trusted } from 'mongoose';
import { type DeliveryState, WAITING_STATES } from '../domain/delivery.ts';
import { assessedSince } from '../models/after-crisis.ts';
import type { CrisisPause } from '../models/crisis-pause.ts';
import { changeDelivery } from '../models/delivery.ts';
import { deliveryBatches } from '../models/delivery-batches.ts';

/** What an account's credential held back leaves as soon as it is connected again. */
const WAITING: readonly DeliveryState[] = [...WAITING_STATES, 'auth-needed'];
const WHY_HELD = 'Everything was paused since its harm was assessed: assess it anew, then place it again.';

/**
 * Holds what still waits, because the world in which its harm was assessed is another one; except what was assessed
 * since the pause began, and the campaigns that a person lets go on. Source: the glossary, do-no-harm assessment
 * "re-assessed after a crisis". Called before the pause ends and after the overdue are set aside; what has become due
 * in between is held like the rest, so that nothing slips out.
 */
export async function holdAfterCrisis({
  pause,
  letGo,
}: {
  pause: Pick<CrisisPause, 'startedAt'>;
  letGo: readonly string[];
}): Promise<number> {
  const others = { campaign: trusted({ $nin: [...letGo] }) };
  let held = 0;
  for await (const waiting of deliveryBatches(WAITING, others)) {
    const isAssessed = await assessedSince(pause.startedAt, waiting);
    const changed = await Promise.all(
      waiting
        .filter((delivery) => !isAssessed(delivery))
        .map((delivery) =>
          changeDelivery(delivery, {
            to: 'held',
            set: { nextAt: null, leaseUntil: null, problem: WHY_HELD },
            isRevised: true,
          }),
        ),
    );
    held += changed.filter((delivery) => delivery !== null).length;
  }
  return held;
}
