import { type QueryFilter, trusted } from 'mongoose';
import type { Account } from '../domain/account.ts';
import type { Campaign } from '../domain/campaign.ts';
import { SENDABLE_STATES } from '../domain/delivery.ts';
import type { Message } from '../domain/message.ts';
import { Accounts } from '../models/account.ts';
import { Campaigns } from '../models/campaign.ts';
import { Members } from '../models/member.ts';
import { Messages } from '../models/message.ts';
import { Narratives } from '../models/narrative.ts';
import { Replies } from '../models/reply.ts';
import { type CalendarDelivery, calendarDeliveries, nextDelivery } from './calendar-deliveries.ts';
import { type DeliveryNeedingSomeone, deliveriesNeedingSomeone } from './deliveries-needing-someone.ts';
import { reviewsWaiting } from './reviews-waiting.ts';

export type ListedWork = Pick<Message, '_id' | 'title'> & {
  campaignTitle: string;
  /** Since when it is as it is: saved last, returned, or handed to the reviewers. */
  since: Date;
};

/** How far the house is furnished; for the first steps of each role. */
export interface Beginnings {
  members: number;
  accounts: number;
  campaigns: number;
  narratives: number;
  messages: number;
}

export interface TodaysWork {
  returned: ListedWork[];
  drafts: ListedWork[];
  reviews: ListedWork[];
  goingOut: CalendarDelivery[];
  /** The first one after those. */
  next: CalendarDelivery | null;
  needingSomeone: DeliveryNeedingSomeone[];
  accounts: Account[];
  uncodedReplies: number;
  beginnings: Beginnings;
}

const DAY_MS = 24 * 60 * 60_000;
const MOST = 12;

/** What waits for this member, and what goes out within a day. */
export async function todaysWork(memberId: string, now: Date): Promise<TodaysWork> {
  const tomorrow = new Date(now.getTime() + DAY_MS);
  const [returned, drafts, reviews, goingOut, next, needingSomeone, accounts, uncodedReplies, beginnings] =
    await Promise.all([
      messages({ state: 'returned', writers: memberId }),
      messages({ state: 'draft', writers: memberId }),
      reviewsFor(memberId, now),
      calendarDeliveries({ from: now, to: tomorrow, states: SENDABLE_STATES }),
      nextDelivery(tomorrow),
      deliveriesNeedingSomeone(now),
      Accounts.find().lean<Account[]>(),
      Replies.countDocuments({ code: null, text: trusted({ $ne: null }) }),
      beginningsOf(),
    ]);
  return { returned, drafts, reviews, goingOut, next, needingSomeone, accounts, uncodedReplies, beginnings };
}

async function messages(where: QueryFilter<Message>): Promise<ListedWork[]> {
  const found = await Messages.find(where)
    .select('title updatedAt campaign')
    .sort({ updatedAt: 1 })
    .limit(MOST)
    .lean<Message[]>();
  const campaigns = await Campaigns.find({ _id: trusted({ $in: found.map(({ campaign }) => campaign) }) })
    .select('title')
    .lean<Campaign[]>();
  const titles = new Map(campaigns.map(({ _id, title }) => [_id, title]));
  return found.map(({ _id, title, updatedAt, campaign }) => ({
    _id,
    title,
    since: updatedAt,
    campaignTitle: titles.get(campaign) ?? '',
  }));
}

/** As the review queue has them, with its waiting times; without what this member wrote. */
async function reviewsFor(memberId: string, now: Date): Promise<ListedWork[]> {
  const waiting = await reviewsWaiting({ campaign: null, type: null }, now);
  return waiting
    .filter(({ message }) => !message.writers.includes(memberId))
    .slice(0, MOST)
    .map(({ message, campaignTitle, waitingSince }) => ({
      _id: message._id,
      title: message.title,
      campaignTitle,
      since: waitingSince,
    }));
}

async function beginningsOf(): Promise<Beginnings> {
  const [members, accounts, campaigns, narratives, written] = await Promise.all([
    Members.countDocuments({ disabledAt: null }),
    Accounts.countDocuments({ state: trusted({ $ne: 'disconnected' }) }),
    Campaigns.countDocuments({}),
    Narratives.estimatedDocumentCount(),
    Messages.countDocuments({}),
  ]);
  return { members, accounts, campaigns, narratives, messages: written };
}
