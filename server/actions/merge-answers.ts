import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Answer } from '../domain/answer.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { MOST_TAGS } from '../domain/tag.ts';
import { NotFound } from '../errors.ts';
import { compareEntry } from '../models/alike.ts';
import { Answers } from '../models/answer.ts';
import { Messages } from '../models/message.ts';
import type { Narratives } from '../models/narrative.ts';
import { NearDuplicates } from '../models/near-duplicate.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export interface MergeInput {
  /** Id of the entry that stays. */
  into: string;
  /** Ids of those that go. */
  others: readonly string[];
}

/**
 * Merges answers into one: what named the others names it, it takes over their tags and strategies, and they go.
 * Throws NotFound when one is gone, RuleViolation when some are refused and others usable.
 */
export async function mergeAnswers(
  context: Context,
  member: Actor,
  { into, others: given }: MergeInput,
): Promise<Answer> {
  allow(member, 'library.edit');
  const ids = given.filter((id) => id !== into);
  const kept = await Answers.findById(into);
  const others = await Answers.find({ _id: trusted({ $in: ids }) });
  if (!kept || ids.length === 0 || others.length < ids.length) throw new NotFound('One of them is gone.');
  assertSameStanding([kept, ...others]);
  const narrative = kept.narrative ?? others.find((other) => other.narrative)?.narrative ?? null;
  kept.set({
    tags: union([kept, ...others].map(({ tags }) => tags)).slice(0, MOST_TAGS),
    strategies: union([kept, ...others].map(({ strategies }) => strategies)),
  });
  // Before anything goes: when somebody else saves it at the same moment, all of them stay.
  await kept.save();
  for (const { _id } of others) await mergeInto(context, member, { from: _id, into });
  if (narrative !== kept.narrative) {
    // Last, since with another narrative it may become what one of the others was, and no longer what it was.
    await absorb(Answers, into, [kept]);
    kept.set({ narrative });
    await kept.save();
  }
  await compareEntry('answer', kept.toObject());
  return kept.toObject();
}

/** Throws `merge-different-standing`: a merge never makes a refused answer usable, nor a usable one refused. */
function assertSameStanding(answers: readonly Pick<Answer, 'standing'>[]): void {
  if (new Set(answers.map(({ standing }) => standing)).size < 2) return;
  throw new RuleViolation(
    'merge-different-standing',
    'One of these answers is refused and another is usable. Decide that first, then merge.',
  );
}

/**
 * Remembers with an entry what was merged into it. An import that brings that again finds this one and adds nothing.
 */
export async function absorb(
  model: typeof Answers | typeof Narratives,
  into: string,
  gone: readonly { identity: string; absorbed?: readonly string[] }[],
): Promise<void> {
  const identities = gone.flatMap(({ identity, absorbed = [] }) => [identity, ...absorbed]);
  await (model as typeof Answers).updateOne(
    { _id: into },
    { $addToSet: { absorbed: { $each: identities.filter((identity) => identity !== '') } } },
    { timestamps: false },
  );
}

/** Lets messages that began from one answer name another, and removes the one. */
export async function mergeInto(
  context: Context,
  member: Actor,
  { from, into }: { from: string; into: string },
): Promise<void> {
  await Messages.updateMany(
    { 'sources.answer': from },
    { $set: { 'sources.$[one].answer': into } },
    { arrayFilters: [{ 'one.answer': from }], timestamps: false },
  );
  await absorb(Answers, into, await Answers.find({ _id: from }).select('identity absorbed').lean());
  await Answers.deleteOne({ _id: from });
  await NearDuplicates.deleteMany({ pair: from });
  await recordEvent(context, {
    actor: member._id,
    verb: 'answer merged',
    subject: 'answer',
    subjectId: from,
    details: { into },
  });
}

export const union = <Value>(lists: readonly (readonly Value[])[]): Value[] => [...new Set(lists.flat())];
