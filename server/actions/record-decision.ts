import type { Context } from '../context.ts';
import type { Message } from '../domain/message.ts';
import { type Decision, decide } from '../domain/review.ts';
import { Conflict, NotFound } from '../errors.ts';
import { Assessments } from '../models/assessment.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Messages } from '../models/message.ts';
import { Reviews } from '../models/review.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export interface DecisionInput {
  message: string;
  /** Hash of the content that the reviewer had before their eyes. */
  contentHash: string;
  comment: string;
  /** Points of the checklist that the reviewer confirmed. */
  checked: readonly string[];
}

const VERBS: Record<Decision, string> = {
  approve: 'message approved',
  return: 'message returned',
  reject: 'message rejected',
};

/** The common path of the three decisions of a review: load, decide, save, record. Returns the message after it. */
export async function recordDecision(
  context: Context,
  member: Actor,
  { decision, ...input }: DecisionInput & { decision: Decision },
): Promise<Message> {
  allow(member, 'messages.review');
  const message = await Messages.findById(input.message);
  if (!message) throw new NotFound('There is no such message.');
  if (message.contentHash !== input.contentHash) {
    throw new Conflict('The message was changed while you were reading it.');
  }
  const at = context.clock.now();
  const { comment, checked } = input;
  const ruling = decide(await submissionOf(message), {
    decision,
    comment,
    checked,
    reviewer: member._id,
    at,
  });
  message.set(ruling);
  // A first of two approvals changes no field, and must still notice somebody else's change in between.
  message.increment();
  await message.save();
  await Reviews.create({
    message: message._id,
    contentHash: input.contentHash,
    decision,
    comment: comment.trim(),
    reviewer: member._id,
    isDemo: message.isDemo,
    createdAt: at,
  });
  await recordEvent(context, {
    actor: member._id,
    verb: decision === 'approve' && ruling.state === 'in-review' ? 'message approved once' : VERBS[decision],
    subject: 'message',
    subjectId: message._id,
    campaign: message.campaign,
    details: { contentHash: input.contentHash, comment: comment.trim(), checked },
  });
  return message.toObject();
}

async function submissionOf(message: Message) {
  const [segment, assessment, reviews] = await Promise.all([
    message.segment ? AudienceSegments.findById(message.segment).select('tier').lean() : null,
    Assessments.findOne({ message: message._id, contentHash: message.contentHash })
      .sort({ createdAt: -1, _id: -1 })
      .lean(),
    Reviews.find({ message: message._id }).sort({ createdAt: 1, _id: 1 }).lean(),
  ]);
  return { message, tier: segment?.tier ?? null, assessment, reviews };
}
