import { trusted } from 'mongoose';
import type { Campaign } from '../domain/campaign.ts';
import type { Message, MessageState, MessageType, Strategy, Tone } from '../domain/message.ts';
import type { Network } from '../domain/network.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messages } from '../models/message.ts';
import type { PageOf } from './page-of.ts';
import { searchPage } from './search.ts';

export interface MessageFilter {
  q: string;
  campaign: string | null;
  state: MessageState | null;
  type: MessageType | null;
  network: Network | null;
  language: string | null;
  strategy: Strategy | null;
  tone: Tone | null;
  narrative: string | null;
  tag: string;
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
  const { q, campaign, state, type, network, language, strategy, tone, narrative, tag, page } = filter;
  const where = {
    ...(campaign ? { campaign } : {}),
    ...(state ? { state } : {}),
    ...(type ? { type } : {}),
    ...(network ? { 'variants.network': network } : {}),
    ...(language ? { 'variants.language': language } : {}),
    ...(strategy ? { strategies: strategy } : {}),
    ...(tone ? { tone } : {}),
    ...(narrative ? { narrative } : {}),
    ...(tag ? { tags: tag } : {}),
  };
  const sort = { updatedAt: -1, _id: -1 } as const;
  const found = await searchPage<Message>(Messages as never, { q, where, sort, page });
  return { ...found, items: await withCampaigns(found.items) };
}

/** Messages with the titles of their campaigns. */
export async function withCampaigns(messages: readonly Message[]): Promise<ListedMessage[]> {
  const campaigns = await Campaigns.find({
    _id: trusted({ $in: messages.map((message) => message.campaign) }),
  })
    .select('title brief.languages')
    .lean<Pick<Campaign, '_id' | 'title' | 'brief'>[]>();
  const byId = new Map(campaigns.map((one) => [one._id, one]));
  return messages.map((message) => ({
    message,
    campaignTitle: byId.get(message.campaign)?.title ?? '',
    languages: byId.get(message.campaign)?.brief.languages ?? '',
  }));
}
