import type { Context } from '../context.ts';
import { CANCELLABLE_STATES, type Delivery } from '../domain/delivery.ts';
import { giveUp } from '../domain/settlement.ts';
import { Conflict, NotFound } from '../errors.ts';
import { changeDelivery } from '../models/delivery.ts';
import { deliveryBatches } from '../models/delivery-batches.ts';
import { Posts } from '../models/post.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export interface CancelPostInput {
  post: string;
  /** In words; may be empty. */
  reason?: string;
}

/** Takes a post off the calendar; what has left stays. Throws Conflict when nothing can be cancelled any more. */
export async function cancelPost(
  context: Context,
  member: Actor,
  input: CancelPostInput,
): Promise<{ cancelled: number }> {
  allow(member, 'posts.schedule');
  const post = await Posts.findById(input.post).lean();
  if (!post) throw new NotFound('This post does not exist any more.');
  const cancelled = await cancelWaiting({ post: post._id }, input.reason ?? '');
  if (cancelled.length === 0) {
    throw new Conflict('This post has left, or is leaving: it cannot be cancelled. It can be withdrawn.');
  }
  await recordEvent(context, {
    actor: member._id,
    verb: 'post cancelled',
    subject: 'post',
    subjectId: post._id,
    campaign: post.campaign,
    details: { reason: input.reason ?? '', deliveries: cancelled.map(({ _id }) => _id) },
  });
  return { cancelled: cancelled.length };
}

/** Cancels, one compare-and-set each, whatever of this certainly has not left. */
export async function cancelWaiting(
  which: { post: string } | { message: string } | { campaign: string },
  reason: string,
): Promise<Delivery[]> {
  const cancelled: Delivery[] = [];
  for await (const waiting of deliveryBatches(CANCELLABLE_STATES, which)) {
    const changed = await Promise.all(waiting.map((delivery) => cancelOne(delivery, reason)));
    cancelled.push(...changed.filter((delivery) => delivery !== null));
  }
  return cancelled;
}

function cancelOne(delivery: Delivery, reason: string): Promise<Delivery | null> {
  const { state: to, ...set } = giveUp(delivery, 'cancelled', reason);
  return changeDelivery(delivery, { to, set: { problem: reason, ...set }, isRevised: true });
}
