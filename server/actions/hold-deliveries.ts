import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { recordEvent } from './record-event.ts';

export interface HoldDeliveriesInput {
  message: string;
  /** Member id of who voided the approval; null when the software did. */
  actor: string | null;
  /** In words, shown on the calendar. */
  reason: string;
}

/**
 * Stops everything of a message that has not left, because its approval no longer holds. A scheduler places it
 * again after the next approval. Called by the action that voided the approval.
 */
export async function holdDeliveries(
  context: Context,
  { message, actor, reason }: HoldDeliveriesInput,
): Promise<{ held: number }> {
  const waiting = await Deliveries.find({
    message,
    state: trusted({ $in: ['scheduled', 'retry-wait', 'auth-needed', 'missed'] }),
  }).lean<Delivery[]>();
  const changed = await Promise.all(
    waiting.map((delivery) =>
      changeDelivery(delivery, { to: 'held', set: { nextAt: null, problem: reason }, isRevised: true }),
    ),
  );
  const held = changed.filter((delivery) => delivery !== null);
  for (const { _id, campaign } of held) {
    const event = { actor, verb: 'delivery held', subject: 'delivery', subjectId: _id, campaign };
    await recordEvent(context, { ...event, details: { reason, message } });
  }
  return { held: held.length };
}
