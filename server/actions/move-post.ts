import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type DueTime, type DueTimeInput, dueTimeOf } from '../domain/due-time.ts';
import { assertNotPast, assertNotTwice } from '../domain/placement.ts';
import type { Post } from '../domain/post.ts';
import { Conflict, NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { changeDelivery, Deliveries, textsAround } from '../models/delivery.ts';
import { Posts } from '../models/post.ts';
import { type Actor, allow } from './allow.ts';
import { calendarsOf } from './assert-placeable.ts';
import { wakeAt } from './publishing.ts';
import { recordEvent } from './record-event.ts';
import { takeTurns } from './take-turns.ts';

export interface MovePostInput extends DueTimeInput {
  post: string;
}

/** States in which a delivery moves with its post; the others have left, or somebody has to decide first. */
const MOVABLE = ['held', 'scheduled'] as const;

/**
 * Gives a post another due time. Deliveries that have left stay where they were. Throws RuleViolation for a time
 * that does not exist or is over, or at which the same text stands already, and Conflict when nothing can be moved any more.
 */
export async function movePost(context: Context, member: Actor, input: MovePostInput): Promise<Post> {
  allow(member, 'posts.schedule');
  const post = await Posts.findById(input.post);
  if (!post) throw new NotFound('This post does not exist any more.');
  const accounts = await Accounts.find({ _id: trusted({ $in: post.accounts }) }).lean();
  const due = dueTimeOf({ timeZone: post.timeZone, ...input }, accounts, context.clock.now());
  assertNotPast(due.dueAt, context.clock.now());

  const moved = await takeTurns(calendarsOf(accounts), async () => {
    assertNotTwice({
      accounts,
      variant: post,
      neighbours: await textsAround(post.network, due.dueAt, { post: post._id }),
      dueAt: due.dueAt,
    });
    return moveDeliveries(post._id, due);
  });
  if (moved.length === 0) throw new Conflict('This post has left, or was cancelled: it cannot be moved.');
  const from = post.dueAt;
  post.set(due);
  await post.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'post moved',
    subject: 'post',
    subjectId: post._id,
    campaign: post.campaign,
    details: { from: from.toISOString(), dueAt: due.dueAt.toISOString() },
  });
  await Promise.all(moved.map(({ lane }) => wakeAt(context, lane, due.dueAt)));
  return post.toObject();
}

async function moveDeliveries(post: string, { dueAt }: DueTime): Promise<Delivery[]> {
  const movable = await Deliveries.find({ post, state: trusted({ $in: [...MOVABLE] }) }).lean<Delivery[]>();
  const moved = await Promise.all(
    movable.map((delivery) =>
      changeDelivery(delivery, {
        to: delivery.state,
        set: { dueAt, nextAt: delivery.state === 'held' ? null : dueAt },
        isRevised: true,
      }),
    ),
  );
  return moved.filter((delivery) => delivery !== null);
}
