import { trusted } from 'mongoose';
import type { Account } from '../domain/account.ts';
import type { Campaign } from '../domain/campaign.ts';
import { type Delivery, type DeliveryState, SENDABLE_STATES } from '../domain/delivery.ts';
import type { Message } from '../domain/message.ts';
import { Accounts } from '../models/account.ts';
import { Campaigns } from '../models/campaign.ts';
import { Deliveries } from '../models/delivery.ts';
import { Messages } from '../models/message.ts';

export interface CalendarRange {
  /** Inclusive. */
  from: Date;
  /** Exclusive. */
  to: Date;
  account?: string;
  campaign?: string;
  language?: string;
  states?: readonly DeliveryState[];
}

export type CalendarDelivery = Pick<
  Delivery,
  | '_id'
  | 'post'
  | 'campaign'
  | 'message'
  | 'account'
  | 'network'
  | 'language'
  | 'arm'
  | 'text'
  | 'parts'
  | 'images'
  | 'state'
  | 'rev'
  | 'dueAt'
  | 'nextAt'
  | 'publishedAt'
  | 'remoteUrl'
  | 'problem'
> & {
  accountHandle: string;
  accountTimeZone: string;
  campaignTitle: string;
  messageTitle: string;
};

const SHOWN = {
  post: 1,
  campaign: 1,
  message: 1,
  account: 1,
  network: 1,
  language: 1,
  arm: 1,
  text: 1,
  parts: 1,
  images: 1,
  state: 1,
  rev: 1,
  dueAt: 1,
  nextAt: 1,
  publishedAt: 1,
  remoteUrl: 1,
  problem: 1,
} as const;

/** Every delivery that is due within the range, oldest first, with the names a calendar shows beside it. */
export async function calendarDeliveries(range: CalendarRange): Promise<CalendarDelivery[]> {
  const { from, to, account, campaign, language, states } = range;
  const found = await Deliveries.find({
    dueAt: trusted({ $gte: from, $lt: to }),
    ...(account ? { account } : {}),
    ...(campaign ? { campaign } : {}),
    ...(language ? { language } : {}),
    ...(states ? { state: trusted({ $in: [...states] }) } : {}),
  })
    .select(SHOWN)
    .sort({ dueAt: 1, _id: 1 })
    .lean<Delivery[]>();
  return withNames(found);
}

/** The first sendable delivery that is due at this instant or later. */
export async function nextDelivery(from: Date): Promise<CalendarDelivery | null> {
  const found = await Deliveries.find({
    dueAt: trusted({ $gte: from }),
    state: trusted({ $in: [...SENDABLE_STATES] }),
  })
    .select(SHOWN)
    .sort({ dueAt: 1, _id: 1 })
    .limit(1)
    .lean<Delivery[]>();
  return (await withNames(found))[0] ?? null;
}

/** Puts the names of account, campaign and message beside each delivery. */
export async function withNames<Shown extends Pick<Delivery, 'account' | 'campaign' | 'message'>>(
  deliveries: readonly Shown[],
) {
  const idsOf = (key: 'account' | 'campaign' | 'message') =>
    trusted({ $in: [...new Set(deliveries.map((delivery) => delivery[key]))] });
  const [accounts, campaigns, messages] = await Promise.all([
    Accounts.find({ _id: idsOf('account') })
      .select({ handle: 1, timeZone: 1 })
      .lean<Account[]>(),
    Campaigns.find({ _id: idsOf('campaign') })
      .select({ title: 1 })
      .lean<Campaign[]>(),
    Messages.find({ _id: idsOf('message') })
      .select({ title: 1 })
      .lean<Message[]>(),
  ]);
  const byId = <Named extends { _id: string }>(all: readonly Named[]) =>
    new Map(all.map((each) => [each._id, each]));
  const [account, campaign, message] = [byId(accounts), byId(campaigns), byId(messages)];
  return deliveries.map((delivery) => ({
    ...delivery,
    accountHandle: account.get(delivery.account)?.handle ?? '',
    accountTimeZone: account.get(delivery.account)?.timeZone ?? 'UTC',
    campaignTitle: campaign.get(delivery.campaign)?.title ?? '',
    messageTitle: message.get(delivery.message)?.title ?? '',
  }));
}
