import { trusted } from 'mongoose';
import type { Answer } from '../domain/answer.ts';
import type { Asset } from '../domain/asset.ts';
import type { AudienceSegment } from '../domain/audience.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Message } from '../domain/message.ts';
import type { Messenger } from '../domain/messenger.ts';
import type { Narrative } from '../domain/narrative.ts';
import { searchTerms } from '../domain/search-terms.ts';
import { Answers } from '../models/answer.ts';
import { Assets, WITHOUT_BYTES } from '../models/asset.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { Narratives } from '../models/narrative.ts';
import { type ListedMessage, withCampaigns } from './messages.ts';
import { searchFew } from './search.ts';

export interface EverythingFound {
  campaigns: Pick<Campaign, '_id' | 'title' | 'state'>[];
  messages: ListedMessage[];
  answers: Answer[];
  narratives: Narrative[];
  segments: AudienceSegment[];
  messengers: Messenger[];
  assets: Asset[];
}

const FEW = 5;
const CAMPAIGNS_READ = 500;

/** The first few of every noun that hold every word. */
export async function searchEverything(q: string): Promise<EverythingFound> {
  const glance = { q, where: {}, limit: FEW };
  const newest = { createdAt: -1, _id: -1 } as const;
  const byName = { name: 1, _id: 1 } as const;
  const [campaigns, messages, answers, narratives, segments, messengers, assets] = await Promise.all([
    campaignsTitled(q),
    searchFew<Message>(Messages as never, { ...glance, sort: { updatedAt: -1, _id: -1 } }).then(
      withCampaigns,
    ),
    searchFew<Answer>(Answers as never, { ...glance, sort: newest }),
    searchFew<Narrative>(Narratives as never, { ...glance, sort: { severity: -1, createdAt: -1, _id: -1 } }),
    searchFew<AudienceSegment>(AudienceSegments as never, { ...glance, sort: byName }),
    searchFew<Messenger>(Messengers as never, { ...glance, sort: byName }),
    searchFew<Asset>(Assets as never, { ...glance, sort: newest, without: WITHOUT_BYTES }),
  ]);
  return { campaigns, messages, answers, narratives, segments, messengers, assets };
}

/** Campaigns are few: their titles are read through as the search reads words. */
async function campaignsTitled(q: string): Promise<EverythingFound['campaigns']> {
  const words = searchTerms(q);
  const last = words.pop();
  if (last === undefined) return [];
  const campaigns = await Campaigns.find({ title: trusted({ $ne: '' }) })
    .select('title state')
    .sort({ createdAt: -1 })
    .limit(CAMPAIGNS_READ)
    .lean();
  return campaigns
    .filter(({ title }) => {
      const terms = searchTerms(title);
      return words.every((word) => terms.includes(word)) && terms.some((term) => term.startsWith(last));
    })
    .slice(0, FEW);
}
