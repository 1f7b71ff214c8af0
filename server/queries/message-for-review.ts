import { trusted } from 'mongoose';
import type { Account } from '../domain/account.ts';
import type { Assessment } from '../domain/assessment.ts';
import type { AudienceSegment } from '../domain/audience.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Message } from '../domain/message.ts';
import type { Messenger } from '../domain/messenger.ts';
import type { Narrative } from '../domain/narrative.ts';
import type { Review } from '../domain/review.ts';
import type { TrailEvent } from '../domain/trail.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Assessments } from '../models/assessment.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { Narratives } from '../models/narrative.ts';
import { Reviews } from '../models/review.ts';
import { TrailEvents } from '../models/trail.ts';
import { memberNames } from './member-names.ts';

/** Everything that a reviewer needs before their eyes, of one message. */
export interface MessageForReview {
  message: Message;
  campaign: Pick<Campaign, '_id' | 'title' | 'brief'> | null;
  narrative: Narrative | null;
  segment: AudienceSegment | null;
  messenger: Messenger | null;
  accounts: Pick<Account, '_id' | 'network' | 'handle' | 'displayName' | 'limits'>[];
  /** The latest assessment; it counts only when its contentHash is the message's. */
  assessment: Assessment | null;
  /** Oldest first. */
  reviews: Review[];
  /** What happened to the message, oldest first. */
  events: TrailEvent[];
  /** Names of everybody who is mentioned, by id. */
  names: ReadonlyMap<string, string>;
}

/** Throws NotFound when there is no such message. */
export async function messageForReview(id: string): Promise<MessageForReview> {
  const message = await Messages.findById(id).lean();
  if (!message) throw new NotFound('There is no such message.');
  const [campaign, narrative, segment, messenger, accounts, assessment, reviews, events] = await Promise.all([
    Campaigns.findById(message.campaign).select('title brief').lean(),
    message.narrative ? Narratives.findById(message.narrative).lean() : null,
    message.segment ? AudienceSegments.findById(message.segment).lean() : null,
    message.messenger ? Messengers.findById(message.messenger).lean() : null,
    Accounts.find({ _id: trusted({ $in: message.variants.flatMap((variant) => variant.accounts) }) })
      .select('network handle displayName limits')
      .lean(),
    Assessments.findOne({ message: id }).sort({ createdAt: -1, _id: -1 }).lean(),
    Reviews.find({ message: id }).sort({ createdAt: 1, _id: 1 }).lean(),
    TrailEvents.find({ subject: 'message', subjectId: id }).sort({ sequence: 1 }).lean(),
  ]);
  const people = [message.createdBy, ...message.writers, ...reviews.map(({ reviewer }) => reviewer)];
  const actors = events.flatMap(({ actor }) => (actor ? [actor] : []));
  const names = await memberNames([...people, ...actors, ...(assessment ? [assessment.assessor] : [])]);
  return { message, campaign, narrative, segment, messenger, accounts, assessment, reviews, events, names };
}
