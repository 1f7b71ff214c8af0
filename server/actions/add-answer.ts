import type { Context } from '../context.ts';
import { type Answer, assertStandingExplained } from '../domain/answer.ts';
import { cleanTags } from '../domain/tag.ts';
import { Conflict, NotFound } from '../errors.ts';
import { type Alike, compareEntry } from '../models/alike.ts';
import { Answers } from '../models/answer.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import { Narratives } from '../models/narrative.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export type AnswerInput = Pick<
  Answer,
  'text' | 'language' | 'narrative' | 'strategies' | 'tone' | 'standing' | 'refusal' | 'source' | 'tags'
>;

export interface SavedAnswer {
  answer: Answer;
  /** Answers that say substantially the same, the most similar first. */
  alike: Alike[];
}

/**
 * Adds an answer to the library. Throws RuleViolation for a refused one without a reason and for tags that name a
 * person, NotFound for a narrative that is gone, Conflict when this very answer is there.
 */
export async function addAnswer(
  context: Context,
  member: Actor,
  input: AnswerInput & Partial<Pick<Answer, 'isDemo'>>,
): Promise<SavedAnswer> {
  allow(member, 'library.edit');
  const written = await checkedAnswer(input);
  const answer = await savedOnce(() =>
    Answers.create({ ...written, createdBy: member._id, createdAt: context.clock.now() }),
  );
  await recordEvent(context, {
    actor: member._id,
    verb: 'answer added',
    subject: 'answer',
    subjectId: answer._id,
    details: { standing: answer.standing, collection: answer.source.collection },
  });
  return { answer: answer.toObject(), alike: await compareEntry('answer', answer.toObject()) };
}

/** What both ways of writing an answer check. A usable answer has no reason to be refused. */
export async function checkedAnswer<Input extends AnswerInput>(input: Input): Promise<Input> {
  assertStandingExplained(input);
  const tags = cleanTags(input.tags);
  if (input.narrative && !(await Narratives.exists({ _id: input.narrative }))) {
    throw new NotFound('There is no such narrative.');
  }
  return { ...input, tags, refusal: input.standing === 'refused' ? input.refusal : null };
}

/** Throws Conflict when an answer with the same source and key, or the same words to the same claim, is there. */
export async function savedOnce<Saved>(save: () => Promise<Saved>): Promise<Saved> {
  try {
    return await save();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new Conflict('This very answer is in the library already. Search for it, or change the words.');
  }
}
