import mongoose, { type HydratedDocument } from 'mongoose';
import type { Context } from '../context.ts';
import { assertNotBeingWithdrawn } from '../domain/campaign-withdrawal.ts';
import type { Message } from '../domain/message.ts';
import { type Decision, decide } from '../domain/review.ts';
import { Conflict, NotFound } from '../errors.ts';
import { newId } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { Reviews } from '../models/review.ts';
import { reviewFacts } from '../models/review-facts.ts';
import { type Actor, allow } from './allow.ts';
import { completeDecision, completeDecisionsAbout } from './complete-decisions.ts';
import { takeTurns } from './take-turns.ts';

export interface DecisionInput {
  message: string;
  /** Hash of the content that the reviewer had before their eyes. */
  contentHash: string;
  comment: string;
  /** Points of the checklist that the reviewer confirmed. */
  checked: readonly string[];
}

/**
 * The common path of the three decisions of a review. The entry is written before the message refers to it, and the
 * trail after that: so no approval is ever without its entry, and an entry that no message refers to counts for
 * nothing. What a crash left half done is finished before the next decision, and by the sweep.
 */
export async function recordDecision(
  context: Context,
  member: Actor,
  input: DecisionInput & { decision: Decision },
): Promise<Message> {
  allow(member, 'messages.review');
  return takeTurns([`decision ${input.message}`], async () => {
    await completeDecisionsAbout(context, input.message);
    const message = await Messages.findById(input.message);
    if (!message) throw new NotFound('There is no such message.');
    if (message.contentHash !== input.contentHash) {
      throw new Conflict('The message was changed while you were reading it.');
    }
    return record(context, member, { message, input });
  });
}

interface Recording {
  message: HydratedDocument<Message>;
  input: DecisionInput & { decision: Decision };
}

async function record(context: Context, member: Actor, { message, input }: Recording): Promise<Message> {
  const { decision, comment, checked, contentHash } = input;
  const [at, review] = [context.clock.now(), newId()];
  const submission = { message, ...(await reviewFacts(message)) };
  // The withdrawal would end the approval again, without a word to the reviewer.
  if (decision === 'approve' && submission.campaign) assertNotBeingWithdrawn(submission.campaign);
  const ruling = decide(submission, { review, decision, comment, checked, reviewer: member._id, at });
  const entry = await Reviews.create({
    _id: review,
    message: message._id,
    contentHash,
    decision,
    comment: comment.trim(),
    checked: [...checked],
    reviewer: member._id,
    outcome: ruling.state,
    isDemo: message.isDemo,
    createdAt: at,
  });
  message.set({ ...ruling, lastReview: review });
  try {
    await message.save();
  } catch (error) {
    // Somebody edited or withdrew it in between: the decision did not take effect. After any other failure it may
    // have, only unheard; then the entry stays until the message says which it was.
    if (error instanceof mongoose.Error.VersionError) await Reviews.deleteOne({ _id: review });
    throw error;
  }
  await completeDecision(context, entry.toObject(), message.campaign);
  return message.toObject();
}
