import { trusted } from 'mongoose';
import type { Assessment } from '../domain/assessment.ts';
import type { AudienceSegment } from '../domain/audience.ts';
import type { Campaign } from '../domain/campaign.ts';
import { describeCircumstances } from '../domain/circumstances.ts';
import type { Message } from '../domain/message.ts';
import type { Messenger } from '../domain/messenger.ts';
import type { Narrative } from '../domain/narrative.ts';
import type { Review } from '../domain/review.ts';
import { mayDo } from '../domain/roles.ts';
import { Assessments } from './assessment.ts';
import { AudienceSegments } from './audience.ts';
import { Campaigns } from './campaign.ts';
import { CrisisPauses } from './crisis-pause.ts';
import { Members } from './member.ts';
import { Messengers } from './messenger.ts';
import { Narratives } from './narrative.ts';
import { Reviews } from './review.ts';

/** Everything that decides whether a message may be approved, and whether its approval still holds. */
export interface ReviewFacts {
  campaign: Pick<Campaign, '_id' | 'title' | 'brief' | 'withdrawal'> | null;
  segment: AudienceSegment | null;
  messenger: Messenger | null;
  narrative: Narrative | null;
  safeguarding: string;
  circumstances: string;
  /** The last crisis pause, over or not; null when there never was one. */
  crisis: { startedAt: Date; reason: string } | null;
  crisisAt: Date | null;
  /** The latest of exactly this content, else the latest of all. */
  assessment: Assessment | null;
  /** While a message is in review, only those of people who may still review: a second one may be a long time coming. */
  standing: Review[];
}

type Subject = Pick<
  Message,
  '_id' | 'state' | 'campaign' | 'segment' | 'messenger' | 'narrative' | 'contentHash' | 'standing'
>;

export async function reviewFacts(message: Subject): Promise<ReviewFacts> {
  const [campaign, segment, messenger, narrative, crisis, assessment, standing] = await Promise.all([
    Campaigns.findById(message.campaign).select('title brief withdrawal').lean<ReviewFacts['campaign']>(),
    message.segment ? AudienceSegments.findById(message.segment).lean() : null,
    message.messenger ? Messengers.findById(message.messenger).lean() : null,
    message.narrative ? Narratives.findById(message.narrative).lean() : null,
    CrisisPauses.findOne().sort({ startedAt: -1 }).select('startedAt reason').lean(),
    latestAssessment(message),
    standingReviews(message),
  ]);
  return {
    campaign,
    segment,
    messenger,
    narrative,
    safeguarding: campaign?.brief.safeguarding ?? '',
    circumstances: describeCircumstances({ segment, messenger, narrative }),
    crisis,
    crisisAt: crisis?.startedAt ?? null,
    assessment,
    standing,
  };
}

/** Approvals that are complete were so when they were given, whoever left since. */
async function standingReviews({ state, standing }: Subject): Promise<Review[]> {
  if ((standing ?? []).length === 0) return [];
  const reviews = await Reviews.find({ _id: trusted({ $in: standing }) })
    .sort({ createdAt: 1, _id: 1 })
    .lean();
  if (state !== 'in-review') return reviews;
  const ids = reviews.map(({ reviewer }) => reviewer);
  const reviewers = await Members.find({ _id: trusted({ $in: ids }), disabledAt: null })
    .select('roles')
    .lean();
  const mayReview = reviewers.filter(({ roles }) => mayDo(roles, 'messages.review')).map(({ _id }) => _id);
  return reviews.filter(({ reviewer }) => mayReview.includes(reviewer));
}

async function latestAssessment({ _id: message, contentHash }: Subject): Promise<Assessment | null> {
  const latest = (which: object) => Assessments.findOne(which).sort({ createdAt: -1, _id: -1 }).lean();
  return (await latest({ message, contentHash })) ?? (await latest({ message }));
}
