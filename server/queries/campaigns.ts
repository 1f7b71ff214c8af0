import { trusted } from 'mongoose';
import type { AudienceRole, AudienceSegment } from '../domain/audience.ts';
import type { Campaign, CampaignState } from '../domain/campaign.ts';
import type { MessageState } from '../domain/message.ts';
import type { Messenger } from '../domain/messenger.ts';
import type { Narrative } from '../domain/narrative.ts';
import { NotFound } from '../errors.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import type { Versioned } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { Narratives } from '../models/narrative.ts';

export type MessageCounts = Readonly<Partial<Record<MessageState, number>>>;

export interface ListedCampaign {
  campaign: Campaign;
  messages: MessageCounts;
}

/** Campaigns, newest first, each with how many messages stand in which state. */
export async function listCampaigns({ state }: { state: CampaignState | null }): Promise<ListedCampaign[]> {
  const campaigns = await Campaigns.find(state ? { state } : {})
    .sort({ createdAt: -1, _id: -1 })
    .limit(200)
    .lean<Campaign[]>();
  const counts = await countMessages(campaigns.map(({ _id }) => _id));
  return campaigns.map((campaign) => ({ campaign, messages: counts.get(campaign._id) ?? {} }));
}

/** Campaigns that still take messages, newest first. */
export async function listOpenCampaigns(): Promise<ListedCampaign[]> {
  const listed = await listCampaigns({ state: null });
  return listed.filter(({ campaign }) => campaign.state !== 'closed');
}

export interface CampaignPage {
  campaign: Versioned<Campaign>;
  /** The primary segment. */
  segment: AudienceSegment | null;
  secondarySegments: AudienceSegment[];
  messengers: Messenger[];
  narratives: Narrative[];
  messages: MessageCounts;
}

/** One campaign with what its brief points at. Throws NotFound. */
export async function readCampaign(id: string): Promise<CampaignPage> {
  const campaign = await Campaigns.findById(id).lean<Versioned<Campaign>>();
  if (!campaign) throw new NotFound('There is no such campaign.');
  const { secondarySegments: others, messengers: speakers } = campaign.brief;
  const [segment, secondarySegments, messengers, narratives, counts] = await Promise.all([
    campaign.segment ? AudienceSegments.findById(campaign.segment).lean<AudienceSegment>() : null,
    AudienceSegments.find({ _id: trusted({ $in: others }) }).lean<AudienceSegment[]>(),
    Messengers.find({ _id: trusted({ $in: speakers }) }).lean<Messenger[]>(),
    Narratives.find({ _id: trusted({ $in: campaign.narratives }) }).lean<Narrative[]>(),
    countMessages([id]),
  ]);
  return { campaign, segment, secondarySegments, messengers, narratives, messages: counts.get(id) ?? {} };
}

/** Roles of these segments, the primary one first. */
export async function briefAudience(
  primary: string | null,
  secondary: readonly string[],
): Promise<AudienceRole[]> {
  const ids = [...(primary ? [primary] : []), ...secondary];
  const found = await AudienceSegments.find({ _id: trusted({ $in: ids }) })
    .select('role')
    .lean();
  return ids.flatMap((id) => found.find(({ _id }) => _id === id)?.role ?? []);
}

async function countMessages(campaigns: string[]): Promise<Map<string, MessageCounts>> {
  const messages = await Messages.find({ campaign: trusted({ $in: campaigns }) })
    .select('campaign state')
    .lean();
  const counts = new Map<string, Partial<Record<MessageState, number>>>();
  for (const { campaign, state } of messages) {
    const ofCampaign = counts.get(campaign) ?? {};
    ofCampaign[state] = (ofCampaign[state] ?? 0) + 1;
    counts.set(campaign, ofCampaign);
  }
  return counts;
}
