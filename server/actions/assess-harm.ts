import type { Context } from '../context.ts';
import { type Assessment, checkRisk, gate, type Risk } from '../domain/assessment.ts';
import { checkReviewer } from '../domain/review.ts';
import { Conflict, NotFound } from '../errors.ts';
import { Assessments } from '../models/assessment.ts';
import { Messages } from '../models/message.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export interface AssessHarmInput {
  message: string;
  /** Hash of the content that the assessor had before their eyes. */
  contentHash: string;
  risks: Risk[];
}

/**
 * Keeps a do-no-harm assessment of the message as it is now; an earlier one stays on record. It may be incomplete:
 * the gate says what is missing. Throws RuleViolation when a risk contradicts itself or the work is the member's own.
 */
export async function assessHarm(
  context: Context,
  member: Actor,
  input: AssessHarmInput,
): Promise<Assessment> {
  allow(member, 'messages.review');
  const message = await Messages.findById(input.message).lean();
  if (!message) throw new NotFound('There is no such message.');
  checkReviewer(message, member._id);
  if (message.contentHash !== input.contentHash) {
    throw new Conflict('The message was changed while you were assessing it.');
  }
  input.risks.forEach(checkRisk);
  const assessment = await Assessments.create({
    message: message._id,
    contentHash: message.contentHash,
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
