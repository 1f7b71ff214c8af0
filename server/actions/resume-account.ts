import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { wakeAt } from './publishing.ts';

/**
 * Puts what an account's dead credential held back on the calendar, after it was connected again. What is too late
 * by then is missed and waits for a person. Called by the action that connected it.
 */
export async function resumeAccount(
  context: Context,
  { account }: { account: string },
): Promise<{ resumed: number }> {
  const waiting = await Deliveries.find({ account, state: 'auth-needed' }).lean<Delivery[]>();
  const changed = await Promise.all(
    waiting.map((delivery) =>
      changeDelivery(delivery, {
        to: 'scheduled',
        set: { nextAt: delivery.dueAt, problem: '' },
        isRevised: true,
      }),
    ),
  );
  const resumed = changed.filter((delivery) => delivery !== null);
  await Promise.all(resumed.map(({ lane, dueAt }) => wakeAt(context, lane, dueAt)));
  return { resumed: resumed.length };
}
