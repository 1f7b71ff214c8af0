import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Message } from '../domain/message.ts';
import type { Decision, Review } from '../domain/review.ts';
import { Messages } from '../models/message.ts';
import { Reviews } from '../models/review.ts';
import { TrailEvents } from '../models/trail.ts';
import { recordEvent } from './record-event.ts';

/** Longer than a decision takes; a younger entry may belong to somebody who is deciding now. */
const UNDER_WAY_MS = 60_000;

const VERBS: Record<Decision, string> = {
  approve: 'message approved',
  return: 'message returned',
  reject: 'message rejected',
};

/** Finishes decisions that a crash left half done, in every message; part of the sweep. */
export async function completeDecisions(context: Context): Promise<void> {
  const before = new Date(context.clock.now().getTime() - UNDER_WAY_MS);
  const open = await Reviews.find({ isRecorded: false, createdAt: trusted({ $lt: before }) }).lean();
  for (const entry of open) await completeOne(context, entry);
}

/** The same for one message, at once: the caller has taken its turn, so nobody else is deciding about it. */
export async function completeDecisionsAbout(context: Context, message: string): Promise<void> {
  const open = await Reviews.find({ message, isRecorded: false }).sort({ createdAt: 1, _id: 1 }).lean();
  for (const entry of open) await completeOne(context, entry);
}

async function completeOne(context: Context, entry: Review): Promise<void> {
  const message = await Messages.findById(entry.message).select('campaign standing lastReview').lean();
  if (message && refersTo(message, entry)) return completeDecision(context, entry, message.campaign);
  // The message never came to refer to it: nothing was decided.
  await Reviews.deleteOne({ _id: entry._id });
  context.log.warn({ message: entry.message }, 'a decision that never took effect was removed');
}

function refersTo({ standing, lastReview }: Pick<Message, 'standing' | 'lastReview'>, { _id }: Review) {
  // Messages from before this list existed have none.
  return lastReview === _id || (standing ?? []).includes(_id);
}

/** Writes the decision into the trail, once, and marks it as recorded. */
export async function completeDecision(context: Context, entry: Review, campaign: string): Promise<void> {
  const { _id: review, message, contentHash, comment, checked, decision, outcome, createdAt } = entry;
  const about = { subject: 'message', subjectId: message };
  if (!(await TrailEvents.exists({ ...about, 'details.review': review }))) {
    await recordEvent(context, {
      ...about,
      actor: entry.reviewer,
      verb: decision === 'approve' && outcome === 'in-review' ? 'message approved once' : VERBS[decision],
      campaign,
      details: { review, contentHash, comment, checked, decidedAt: createdAt.toISOString() },
    });
  }
  await Reviews.updateOne({ _id: review }, { $set: { isRecorded: true } });
}
