import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { Asset } from '../domain/asset.ts';
import type { AudienceSegment } from '../domain/audience.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Member } from '../domain/member.ts';
import type { Message } from '../domain/message.ts';
import type { Messenger } from '../domain/messenger.ts';
import type { Review } from '../domain/review.ts';
import { NotFound } from '../errors.ts';
import { carriedAssets } from '../models/asset.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import type { Versioned } from '../models/document.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { Members } from '../models/member.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { Reviews } from '../models/review.ts';
import type { ComposedThing } from '../models/unsaved-draft.ts';
import { latestAssets } from './assets.ts';
import { memberNames } from './member-names.ts';
import { type NarrativeChoice, narrativeChoices } from './narrative-choices.ts';

const MOST_CHOICES = 500;
const MOST_IMAGES = 60;

/** What can be chosen while drafting. */
export interface ComposerChoices {
  narratives: NarrativeChoice[];
  segments: Pick<AudienceSegment, '_id' | 'name' | 'tier'>[];
  messengers: Pick<Messenger, '_id' | 'name' | 'kind' | 'consent'>[];
  accounts: Account[];
  members: Pick<Member, '_id' | 'name'>[];
  /** The newest images of the library. */
  assets: Asset[];
}

/** Everything that can be chosen while drafting, by name; what is chosen and the campaign's own narratives come first. */
export async function composerChoices(
  { config }: Pick<Context, 'config'>,
  campaign: Pick<Campaign, 'narratives'>,
  chosen: string | null = null,
): Promise<ComposerChoices> {
  const [narratives, segments, messengers, { accounts }, members, assets] = await Promise.all([
    narrativeChoices([chosen, ...campaign.narratives]),
    AudienceSegments.find().select('name tier').sort({ name: 1 }).limit(MOST_CHOICES).lean(),
    Messengers.find().select('name kind consent').sort({ name: 1 }).limit(MOST_CHOICES).lean(),
    draftFacts({ segment: null, messenger: null }, config),
    Members.find({ disabledAt: null }).select('name').sort({ name: 1 }).limit(MOST_CHOICES).lean(),
    latestAssets(MOST_IMAGES),
  ]);
  return {
    narratives,
    segments,
    messengers,
    accounts,
    members,
    assets,
  };
}

/** The alt texts that the library proposes for these images; empty for one that is gone. */
export async function proposedAltTexts(ids: readonly string[]): Promise<(asset: string) => string> {
  const assets = await carriedAssets([{ images: ids.map((asset) => ({ asset })) }]);
  return (asset) => assets.get(asset)?.altText ?? '';
}

export type BriefChoices = Pick<ComposerChoices, 'narratives' | 'segments' | 'messengers'>;

/** What can be chosen in a brief; the narratives that it names already come first. */
export async function briefChoices(chosen: readonly string[]): Promise<BriefChoices> {
  const [narratives, segments, messengers] = await Promise.all([
    narrativeChoices(chosen),
    AudienceSegments.find().select('name tier').sort({ name: 1 }).limit(MOST_CHOICES).lean(),
    Messengers.find().select('name kind consent').sort({ name: 1 }).limit(MOST_CHOICES).lean(),
  ]);
  return { narratives, segments, messengers };
}

export interface DraftPage {
  message: Versioned<Message>;
  campaign: Campaign;
  /** What reviewers said, newest first. */
  reviews: Review[];
  /** Names of the reviewers, by id. */
  names: ReadonlyMap<string, string>;
}

/** One message as its writers see it. Throws NotFound. */
export async function readDraft(id: string): Promise<DraftPage> {
  const message = await Messages.findById(id).lean<Versioned<Message>>();
  if (!message) throw new NotFound('There is no such message.');
  const [campaign, reviews] = await Promise.all([
    Campaigns.findById(message.campaign).lean<Campaign>(),
    Reviews.find({ message: id, isRecorded: trusted({ $ne: false }) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(20)
      .lean<Review[]>(),
  ]);
  if (!campaign) throw new NotFound('The campaign of this message is gone.');
  const names = await memberNames(reviews.map(({ reviewer }) => reviewer));
  return { message, campaign, reviews, names };
}

/** The campaign that something is being written for, and nothing else: asked while somebody types. Throws NotFound. */
export async function composedCampaign(about: ComposedThing): Promise<Campaign> {
  const id =
    'message' in about
      ? (await Messages.findById(about.message).select('campaign').lean())?.campaign
      : about.campaign;
  const campaign = await Campaigns.findById(id ?? '').lean<Campaign>();
  if (!campaign) throw new NotFound('There is no such message, or its campaign is gone.');
  return campaign;
}
