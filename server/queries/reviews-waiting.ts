import { trusted } from 'mongoose';
import type { AudienceSegment } from '../domain/audience.ts';
import type { Message, MessageType } from '../domain/message.ts';
import { standingApprovals } from '../domain/review.ts';
import { Assessments } from '../models/assessment.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import { Members } from '../models/member.ts';
import { Messages } from '../models/message.ts';
import { Reviews } from '../models/review.ts';
import { TrailEvents } from '../models/trail.ts';

export interface ReviewFilter {
  campaign: string | null;
  type: MessageType | null;
}

/** One message that waits for a review. */
export interface WaitingReview {
  message: Pick<
    Message,
    | '_id'
    | 'title'
    | 'type'
    | 'campaign'
    | 'createdBy'
    | 'writers'
    | 'humanEditor'
    | 'origin'
    | 'contentHash'
    | 'variants'
  >;
  campaignTitle: string;
  tier: AudienceSegment['tier'] | null;
  authors: string[];
  waitingSince: Date;
  /** How many reviewers have approved exactly this content so far. */
  approvals: number;
  isAssessed: boolean;
}

/** What waits for a review, the longest wait first, with the campaigns it can be filtered by. */
export async function reviewsWaiting(filter: ReviewFilter, now: Date): Promise<WaitingReview[]> {
  const found = await Messages.find({
    state: 'in-review',
    ...(filter.campaign ? { campaign: filter.campaign } : {}),
    ...(filter.type ? { type: filter.type } : {}),
  })
    .select('title type campaign segment createdBy writers humanEditor origin contentHash variants updatedAt')
    .limit(500)
    .lean();
  const facts = await factsAbout(found);
  return found
    .map((message) => ({
      message,
      campaignTitle: facts.campaigns.get(message.campaign) ?? '',
      tier: facts.tiers.get(message.segment ?? '') ?? null,
      authors: [...new Set([message.createdBy, ...message.writers])].flatMap(
        (id) => facts.names.get(id) ?? [],
      ),
      waitingSince: facts.asked.get(message._id) ?? message.updatedAt,
      approvals: new Set(
        standingApprovals(
          { message, reviews: facts.reviews.filter((review) => review.message === message._id) },
          now,
        ),
      ).size,
      isAssessed: facts.assessed.has(`${message._id} ${message.contentHash}`),
    }))
    .sort((a, b) => a.waitingSince.getTime() - b.waitingSince.getTime());
}

type Found = Pick<Message, '_id' | 'campaign' | 'segment' | 'createdBy' | 'writers'>[];

async function factsAbout(found: Found) {
  const messages = found.map(({ _id }) => _id);
  const [campaigns, segments, members, reviews, assessments, events] = await Promise.all([
    Campaigns.find({ _id: anyOf(found.map(({ campaign }) => campaign)) })
      .select('title')
      .lean(),
    AudienceSegments.find({ _id: anyOf(found.flatMap(({ segment }) => segment ?? [])) })
      .select('tier')
      .lean(),
    Members.find({ _id: anyOf(found.flatMap((one) => [one.createdBy, ...one.writers])) })
      .select('name')
      .lean(),
    Reviews.find({ message: anyOf(messages) })
      .sort({ createdAt: 1, _id: 1 })
      .lean(),
    Assessments.find({ message: anyOf(messages) })
      .select('message contentHash')
      .lean(),
    TrailEvents.find({ subject: 'message', subjectId: anyOf(messages), verb: 'review asked for' })
      .sort({ sequence: 1 })
      .select('subjectId at')
      .lean(),
  ]);
  return {
    campaigns: new Map(campaigns.map(({ _id, title }) => [_id, title])),
    tiers: new Map(segments.map(({ _id, tier }) => [_id, tier])),
    names: new Map(members.map(({ _id, name }) => [_id, name])),
    reviews,
    assessed: new Set(assessments.map(({ message, contentHash }) => `${message} ${contentHash}`)),
    asked: new Map(events.map(({ subjectId, at }) => [subjectId, at])),
  };
}

const anyOf = (ids: readonly string[]) => trusted({ $in: [...new Set(ids)] });
