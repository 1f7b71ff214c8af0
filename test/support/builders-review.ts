import { HARM_QUESTIONS, type Risk } from '../../server/domain/assessment.ts';
import { checklistFor } from '../../server/domain/checklist.ts';
import type { Message } from '../../server/domain/message.ts';
import { Assessments } from '../../server/models/assessment.ts';
import { newId } from '../../server/models/document.ts';
import { aMessage } from './builders.ts';

/** Every question answered with a small risk; the one about backfire as given. */
export function risksWith(backfire: Partial<Risk> = {}): Risk[] {
  return HARM_QUESTIONS.map((question) => ({
    question,
    affected: 'audience',
    likelihood: 2,
    severity: 2,
    mitigation: 'Comments answered within the hour',
    owner: 'Amal',
    residualLikelihood: 1,
    residualSeverity: 2,
    ...(question === 'backfire' ? backfire : {}),
  }));
}

/** A risk that asks for two approvals. */
export const HIGH_RISK: Partial<Risk> = {
  likelihood: 4,
  severity: 4,
  residualLikelihood: 3,
  residualSeverity: 4,
};

/** A message that somebody else handed to the reviewers. */
export async function aMessageInReview(fields: Partial<Message> = {}): Promise<Message> {
  return aMessage({ state: 'in-review', ...fields });
}

/** A do-no-harm assessment of the message as it is. */
export async function assessed(message: Message, backfire: Partial<Risk> = {}): Promise<void> {
  await Assessments.create({
    message: message._id,
    contentHash: message.contentHash,
    risks: risksWith(backfire),
    assessor: newId(),
  });
}

/** What a reviewer sends who has read everything and ticked every point. */
export function wholeDecision(message: Message, comment = '') {
  const { _id, contentHash } = message;
  return { message: _id, contentHash, comment, checked: checklistFor(message, null) };
}
