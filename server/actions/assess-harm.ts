import type { HydratedDocument } from 'mongoose';
import type { Context } from '../context.ts';
import { type Assessment, checkRisk, gate, type Risk } from '../domain/assessment.ts';
import type { Message } from '../domain/message.ts';
import { checkAssessor, outlives } from '../domain/review.ts';
import { Conflict, NotFound } from '../errors.ts';
import { Assessments } from '../models/assessment.ts';
import { Messages } from '../models/message.ts';
import { type ReviewFacts, reviewFacts } from '../models/review-facts.ts';
import { type Actor, allow } from './allow.ts';
import { holdDeliveries } from './hold-deliveries.ts';
import { recordEvent } from './record-event.ts';
import { takeTurns } from './take-turns.ts';

export interface AssessHarmInput {
  message: string;
  /** Hash of the content that the assessor had before their eyes. */
  contentHash: string;
  risks: Risk[];
}

/**
 * Keeps a do-no-harm assessment of the message as it is now; an earlier one stays on record. It may be incomplete:
 * the gate says what is missing. An approved message is assessed anew after a crisis or a material change; when the
 * answers ask for more than its approval gives, the approval ends and what waits is held. Throws RuleViolation when
 * a risk contradicts itself or the work is the member's own.
 */
export async function assessHarm(
  context: Context,
  member: Actor,
  input: AssessHarmInput,
): Promise<Assessment> {
  allow(member, 'messages.review');
  // By turns with decisions: none is taken on answers that are being replaced.
  return takeTurns([`decision ${input.message}`], () => assess(context, member, input));
}

async function assess(context: Context, member: Actor, input: AssessHarmInput): Promise<Assessment> {
  const message = await Messages.findById(input.message);
  if (!message) throw new NotFound('There is no such message.');
  checkAssessor(message, member._id);
  if (message.contentHash !== input.contentHash) {
    throw new Conflict('The message was changed while you were assessing it.');
  }
  input.risks.forEach(checkRisk);
  const facts = await reviewFacts(message);
  // The approval ends before the answers are kept, so that a crash in between cannot leave it standing.
  await endApproval(context, member, { message, facts, risks: input.risks });
  const assessment = await Assessments.create({
    message: message._id,
    contentHash: message.contentHash,
    circumstances: facts.circumstances,
    risks: input.risks,
    assessor: member._id,
    isDemo: message.isDemo,
    createdAt: context.clock.now(),
  });
  const { verdict, worstResidual } = gate(assessment);
  await recordEvent(context, {
    actor: member._id,
    verb: 'harm assessed',
    subject: 'message',
    subjectId: message._id,
    campaign: message.campaign,
    details: { contentHash: message.contentHash, verdict, worstResidual },
  });
  return assessment.toObject();
}

interface Reassessed {
  message: HydratedDocument<Message>;
  facts: ReviewFacts;
  risks: Risk[];
}

async function endApproval(
  context: Context,
  member: Actor,
  { message, facts, risks }: Reassessed,
): Promise<void> {
  if (message.state !== 'approved') return;
  if (outlives({ ...facts, message, assessment: { risks } }, context.clock.now())) return;
  const reason = 'A new assessment asks for more than its approval gave, so the approval ended.';
  message.set({ state: 'in-review', approval: null });
  await message.save();
  await holdDeliveries(context, { message: message._id, actor: member._id, reason });
  await recordEvent(context, {
    actor: member._id,
    verb: 'approval ended by assessment',
    subject: 'message',
    subjectId: message._id,
    campaign: message.campaign,
    details: { reason },
  });
}
