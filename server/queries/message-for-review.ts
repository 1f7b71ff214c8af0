import { trusted } from 'mongoose';
import type { Account } from '../domain/account.ts';
import type { Message } from '../domain/message.ts';
import type { Review } from '../domain/review.ts';
import type { TrailEvent } from '../domain/trail.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Messages } from '../models/message.ts';
import { Reviews } from '../models/review.ts';
import { type ReviewFacts, reviewFacts } from '../models/review-facts.ts';
import { TrailEvents } from '../models/trail.ts';
import { memberNames } from './member-names.ts';

/** Everything that a reviewer needs before their eyes, of one message. */
export interface MessageForReview extends ReviewFacts {
  message: Message;
  accounts: Pick<Account, '_id' | 'network' | 'handle' | 'displayName' | 'limits'>[];
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
  const [facts, accounts, reviews, events] = await Promise.all([
    reviewFacts(message),
    Accounts.find({ _id: trusted({ $in: message.variants.flatMap((variant) => variant.accounts) }) })
      .select('network handle displayName limits')
      .lean(),
    Reviews.find({ message: id, isRecorded: trusted({ $ne: false }) })
      .sort({ createdAt: 1, _id: 1 })
      .lean(),
    TrailEvents.find({ subject: 'message', subjectId: id }).sort({ sequence: 1 }).lean(),
  ]);
  const reviewers = [...reviews, ...facts.standing].map(({ reviewer }) => reviewer);
  const people = [message.createdBy, message.humanEditor, message.approval?.reviewer, ...message.writers];
  const actors = events.map(({ actor }) => actor);
  const named = [...people, ...reviewers, ...actors, facts.assessment?.assessor];
  const names = await memberNames(named.filter((one) => one != null));
  return { ...facts, message, accounts, reviews, events, names };
}
