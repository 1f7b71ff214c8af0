import type { Context } from '../context.ts';
import { NotFound } from '../errors.ts';
import { compareEntry } from '../models/alike.ts';
import { Answers } from '../models/answer.ts';
import { type AnswerInput, checkedAnswer, type SavedAnswer, savedOnce } from './add-answer.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';

/**
 * Changes an answer. Throws RuleViolation for a refused one without a reason and for tags that name a person,
 * Conflict when somebody else saved in between or when it would become another answer's double.
 */
export async function reviseAnswer(
  context: Context,
  member: Actor,
  { answer: id, version, ...input }: AnswerInput & { answer: string; version: number },
): Promise<SavedAnswer> {
  allow(member, 'library.edit');
  const answer = await Answers.findById(id);
  if (!answer) throw new NotFound('There is no such answer.');
  assertCurrent(answer, version);
  const before = answer.standing;
  answer.set(await checkedAnswer(input));
  await savedOnce(() => answer.save());
  await recordEvent(context, {
    actor: member._id,
    verb: before === answer.standing ? 'answer changed' : `answer made ${answer.standing}`,
    subject: 'answer',
    subjectId: id,
    details: { standing: answer.standing },
  });
  return { answer: answer.toObject(), alike: await compareEntry('answer', answer.toObject()) };
}
