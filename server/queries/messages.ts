import { type QueryFilter, trusted } from 'mongoose';
import type { Campaign } from '../domain/campaign.ts';
import type { Message, MessageState, MessageType } from '../domain/message.ts';
import type { Network } from '../domain/network.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messages } from '../models/message.ts';
import { containing, PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

export interface MessageFilter {
  q: string;
  campaign: string | null;
  state: MessageState | null;
  type: MessageType | null;
  network: Network | null;
  page: number;
}

export interface ListedMessage {
  message: Message;
  campaignTitle: string;
  /** The languages that the brief of its campaign names. */
  languages: string;
}

/** Messages, the one touched last first. */
export async function listMessages(filter: MessageFilter): Promise<PageOf<ListedMessage>> {
  const { q, campaign, state, type, network, page } = filter;
  const where: QueryFilter<Message> = {
    ...(campaign ? { campaign } : {}),
    ...(state ? { state } : {}),
    ...(type ? { type } : {}),
    ...(network ? { 'variants.network': network } : {}),
    ...(q ? { $or: [{ title: containing(q) }, { 'variants.text': containing(q) }] } : {}),
  };
  const [messages, total] = await Promise.all([
    Messages.find(where)
      .sort({ updatedAt: -1, _id: -1 })
      .skip(skipTo(page))
      .limit(PAGE_SIZE)
      .lean<Message[]>(),
    Messages.countDocuments(where),
  ]);
  const campaigns = await Campaigns.find({
    _id: trusted({ $in: messages.map((message) => message.campaign) }),
  })
    .select('title brief.languages')
    .lean<Pick<Campaign, '_id' | 'title' | 'brief'>[]>();
  const byId = new Map(campaigns.map((one) => [one._id, one]));
  const items = messages.map((message) => ({
    message,
    campaignTitle: byId.get(message.campaign)?.title ?? '',
    languages: byId.get(message.campaign)?.brief.languages ?? '',
  }));
  return { items, total, page };
}
