import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type DueTime, type DueTimeInput, dueTimeOf } from '../domain/due-time.ts';
import { laneOf } from '../domain/lane.ts';
import type { Message, Variant } from '../domain/message.ts';
import type { Post } from '../domain/post.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Deliveries } from '../models/delivery.ts';
import { newId } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { Posts } from '../models/post.ts';
import { type Actor, allow } from './allow.ts';
import { assertPlaceable, calendarsOf } from './assert-placeable.ts';
import { wakeAt } from './publishing.ts';
import { recordEvent } from './record-event.ts';
import { takeTurns } from './take-turns.ts';

export interface SchedulePostInput extends DueTimeInput {
  message: string;
  /** Id of one of the message's variants. */
  variant: string;
  accounts: readonly string[];
}

/**
 * Places an approved variant on the calendar, or publishes it now. Throws RuleViolation when it may not be
 * placed there, and NotFound.
 */
export async function schedulePost(context: Context, member: Actor, input: SchedulePostInput): Promise<Post> {
  allow(member, 'posts.schedule');
  const { message, variant, accounts } = await load(input);
  const now = context.clock.now();
  const due = dueTimeOf(input, accounts, now);
  const place = async () => {
    await assertPlaceable(context, { message, variant, accounts, due });
    const created = await Posts.create(frozen(message, variant, { accounts, due, member }));
    await Deliveries.insertMany(accounts.map((account) => deliveryOf(created, account, variant)));
    return created;
  };
  // Side by side: whoever publishes now waits for the slowest of them and not for all.
  const post = await takeTurns(calendarsOf(accounts), place, (placed) =>
    Promise.all([
      tell(context, member, placed),
      ...accounts.map(({ _id }) => wakeAt(context, laneOf(_id), due.dueAt)),
    ]),
  );
  return post.toObject();
}

function tell(context: Context, member: Actor, post: Post): Promise<void> {
  return recordEvent(context, {
    actor: member._id,
    verb: 'post scheduled',
    subject: 'post',
    subjectId: post._id,
    campaign: post.campaign,
    details: {
      dueAt: post.dueAt.toISOString(),
      accounts: [...post.accounts],
      message: post.message,
      ...(post.arm ? { arm: post.arm } : {}),
    },
  });
}

async function load(input: SchedulePostInput) {
  const ids = [...new Set(input.accounts)];
  const [message, accounts] = await Promise.all([
    Messages.findById(input.message).lean<Message>(),
    Accounts.find({ _id: trusted({ $in: ids }) }).lean<Account[]>(),
  ]);
  const variant = message?.variants.find(({ _id }) => _id === input.variant);
  if (!message || !variant) throw new NotFound('This text does not exist any more.');
  if (accounts.length < ids.length) throw new NotFound('An account does not exist any more.');
  return { message, variant, accounts };
}

function frozen(
  message: Message,
  variant: Variant,
  { accounts, due, member }: { accounts: readonly Account[]; due: DueTime; member: Actor },
): Partial<Post> {
  return {
    campaign: message.campaign,
    message: message._id,
    variant: variant._id,
    network: variant.network,
    language: variant.language,
    ...(variant.arm ? { arm: variant.arm } : {}),
    text: variant.text,
    contentHash: message.contentHash,
    accounts: accounts.map(({ _id }) => _id),
    ...due,
    createdBy: member._id,
    isDemo: message.isDemo,
  };
}

function deliveryOf(post: Post, account: Account, { parts, images }: Variant): Partial<Delivery> {
  return {
    _id: newId(),
    post: post._id,
    campaign: post.campaign,
    message: post.message,
    variant: post.variant,
    account: account._id,
    network: post.network,
    language: post.language,
    ...(post.arm ? { arm: post.arm } : {}),
    text: post.text,
    ...(parts ? { parts } : {}),
    ...(images ? { images } : {}),
    contentHash: post.contentHash,
    lane: laneOf(account._id),
    state: 'scheduled',
    dueAt: post.dueAt,
    nextAt: post.dueAt,
    isDemo: post.isDemo,
  };
}
