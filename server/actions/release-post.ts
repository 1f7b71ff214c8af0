import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import { type Delivery, isBegun } from '../domain/delivery.ts';
import { type DueTime, type DueTimeInput, dueTimeOf } from '../domain/due-time.ts';
import type { Message, Variant } from '../domain/message.ts';
import type { Post } from '../domain/post.ts';
import { Conflict, NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { Messages } from '../models/message.ts';
import { Posts } from '../models/post.ts';
import { type Actor, allow } from './allow.ts';
import { assertPlaceable, calendarsOf } from './assert-placeable.ts';
import { wakeAt } from './publishing.ts';
import { recordEvent } from './record-event.ts';
import { takeTurns } from './take-turns.ts';

export interface ReleasePostInput extends DueTimeInput {
  post: string;
}

/**
 * Places a held post again, with the text as it is approved now. Without a wall time it keeps its due time.
 * Throws RuleViolation as placing does, and Conflict when nothing of it is held.
 */
export async function releasePost(context: Context, member: Actor, input: ReleasePostInput): Promise<Post> {
  allow(member, 'posts.schedule');
  const post = await Posts.findById(input.post);
  const message = post && (await Messages.findById(post.message).lean<Message>());
  const variant = message?.variants.find(({ _id }) => _id === post?.variant);
  if (!post || !message || !variant) throw new NotFound('This post, or its text, does not exist any more.');
  const accounts = await Accounts.find({ _id: trusted({ $in: post.accounts }) }).lean<Account[]>();
  const due = newDueTime(input, post, accounts, context.clock.now());
  const released = await takeTurns(calendarsOf(accounts), async () => {
    await assertPlaceable(context, { message, variant, accounts, due, exceptPost: post._id });
    return release(post._id, { variant, contentHash: message.contentHash, due });
  });
  if (released.length === 0) throw new Conflict('Nothing of this post is held any more.');
  post.set({ ...due, arm: variant.arm ?? null, text: variant.text, contentHash: message.contentHash });
  await post.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'post released',
    subject: 'post',
    subjectId: post._id,
    campaign: post.campaign,
    details: { dueAt: due.dueAt.toISOString() },
  });
  await Promise.all(released.map(({ lane }) => wakeAt(context, lane, due.dueAt)));
  return post.toObject();
}

function newDueTime(input: ReleasePostInput, post: Post, accounts: readonly Account[], now: Date): DueTime {
  if (!input.publishNow && !input.wallTime) {
    return { wallTime: post.wallTime, timeZone: post.timeZone, dueAt: post.dueAt };
  }
  return dueTimeOf({ timeZone: post.timeZone, ...input }, accounts, now);
}

async function release(
  post: string,
  { variant, contentHash, due }: { variant: Variant; contentHash: string; due: DueTime },
): Promise<Delivery[]> {
  const all = await Deliveries.find({ post, state: 'held' }).lean<Delivery[]>();
  // A thread that has begun cannot go on in other words than those it began with.
  const held = all.filter((delivery) => !isBegun(delivery) || delivery.contentHash === contentHash);
  const { text, language, parts = [], images = [] } = variant;
  const set = {
    text,
    language,
    arm: variant.arm ?? null,
    parts,
    images,
    prepared: null,
    preparedUntil: null,
    contentHash,
    dueAt: due.dueAt,
    nextAt: due.dueAt,
    problem: '',
  };
  const changed = await Promise.all(
    held.map((delivery) => changeDelivery(delivery, { to: 'scheduled', set, isRevised: true })),
  );
  return changed.filter((delivery) => delivery !== null);
}
