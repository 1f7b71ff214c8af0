import { trusted } from 'mongoose';
import type { AudienceSegment } from '../domain/audience.ts';
import type { Message, MessageType } from '../domain/message.ts';
import { neededFor, standingApprovals } from '../domain/review.ts';
import { secondApprovalReasons } from '../domain/second-approval.ts';
import { Assessments } from '../models/assessment.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import { Members } from '../models/member.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
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
    | 'standing'
  >;
  campaignTitle: string;
  tier: AudienceSegment['tier'] | null;
  authors: string[];
  waitingSince: Date;
  /** How many reviewers have approved exactly this content so far. */
  approvals: number;
  /** How many it takes, as far as the risks on record say. */
  needed: number;
  isAssessed: boolean;
}

/** What waits for a review, the longest wait first, with the campaigns it can be filtered by. */
export async function reviewsWaiting(filter: ReviewFilter, now: Date): Promise<WaitingReview[]> {
  const found = await Messages.find({
    state: 'in-review',
    ...(filter.campaign ? { campaign: filter.campaign } : {}),
    ...(filter.type ? { type: filter.type } : {}),
  })
    .select(
      'title type campaign segment createdBy writers humanEditor origin contentHash variants messenger standing updatedAt',
    )
    .sort({ updatedAt: 1 })
    .limit(500)
    .lean();
  const facts = await factsAbout(found);
  return found
    .map((message) => ({
      message,
      campaignTitle: facts.campaigns.get(message.campaign) ?? '',
      tier: facts.segments.get(message.segment ?? '')?.tier ?? null,
      authors: [...new Set([message.createdBy, ...message.writers])].flatMap(
        (id) => facts.names.get(id) ?? [],
      ),
      waitingSince: facts.asked.get(message._id) ?? message.updatedAt,
      approvals: standingApprovals(
        { message, standing: facts.reviews.filter(({ _id }) => (message.standing ?? []).includes(_id)) },
        now,
      ).length,
      needed: neededFor(
        secondApprovalReasons({
          assessment: facts.assessed.get(contentKey(message)) ?? null,
          segment: facts.segments.get(message.segment ?? '') ?? null,
          messenger: facts.messengers.get(message.messenger ?? '') ?? null,
        }),
      ),
      isAssessed: facts.assessed.has(contentKey(message)),
    }))
    .sort((a, b) => a.waitingSince.getTime() - b.waitingSince.getTime());
}

const contentKey = ({ _id, contentHash }: Pick<Message, '_id' | 'contentHash'>) => `${_id} ${contentHash}`;

type Found = Pick<
  Message,
  '_id' | 'campaign' | 'segment' | 'messenger' | 'createdBy' | 'writers' | 'standing'
>[];

async function factsAbout(found: Found) {
  const messages = found.map(({ _id }) => _id);
  const [campaigns, segments, messengers, members, reviews, assessments, events] = await Promise.all([
    Campaigns.find({ _id: anyOf(found.map(({ campaign }) => campaign)) })
      .select('title')
      .lean(),
    AudienceSegments.find({ _id: anyOf(found.flatMap(({ segment }) => segment ?? [])) })
      .select('tier role')
      .lean(),
    Messengers.find({ _id: anyOf(found.flatMap(({ messenger }) => messenger ?? [])) })
      .select('kind')
      .lean(),
    Members.find({ _id: anyOf(found.flatMap((one) => [one.createdBy, ...one.writers])) })
      .select('name')
      .lean(),
    Reviews.find({ _id: anyOf(found.flatMap(({ standing }) => standing ?? [])) }).lean(),
    Assessments.find({ message: anyOf(messages) })
      .select('message contentHash risks')
      .sort({ createdAt: 1, _id: 1 })
      .lean(),
    TrailEvents.find({ subject: 'message', subjectId: anyOf(messages), verb: 'review asked for' })
      .sort({ sequence: 1 })
      .select('subjectId at')
      .lean(),
  ]);
  return {
    campaigns: new Map(campaigns.map(({ _id, title }) => [_id, title])),
    segments: new Map(segments.map((segment) => [segment._id, segment])),
    messengers: new Map(messengers.map((messenger) => [messenger._id, messenger])),
    names: new Map(members.map(({ _id, name }) => [_id, name])),
    reviews,
    assessed: new Map(
      assessments.map((one) => [contentKey({ _id: one.message, contentHash: one.contentHash }), one]),
    ),
    asked: new Map(events.map(({ subjectId, at }) => [subjectId, at])),
  };
}

const anyOf = (ids: readonly string[]) => trusted({ $in: [...new Set(ids)] });
