import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { revision } from '../domain/drafting.ts';
import type { MessageState } from '../domain/message.ts';
import type { Narrative } from '../domain/narrative.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { MOST_TAGS } from '../domain/tag.ts';
import { NotFound } from '../errors.ts';
import { compareEntry } from '../models/alike.ts';
import { Answers } from '../models/answer.ts';
import { Campaigns } from '../models/campaign.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import { Messages } from '../models/message.ts';
import { keepVersion } from '../models/message-version.ts';
import { Narratives } from '../models/narrative.ts';
import { NearDuplicates } from '../models/near-duplicate.ts';
import { twinsOfTwoStandings } from '../models/twin-answers.ts';
import { type Actor, allow } from './allow.ts';
import { absorb, type MergeInput, mergeInto, union } from './merge-answers.ts';
import { recordEvent } from './record-event.ts';

export interface NarrativeMergeInput extends MergeInput {
  /** Whether somebody saw that answers which become one differ in standing, and that such a one is then refused. */
  keepsRefused?: boolean;
}

/**
 * Merges narratives into one: campaigns, answers and drafts that named the others name it, and they go. Before
 * anything is written it throws NotFound when one is gone, RuleViolation `merge-would-void-approval` when somebody
 * reviews or approved a message that answers one of those that would go, because the approval is bound to it (domain
 * rule 7), and `merge-twins-differ` when the same answer is refused for one and usable for another, unless it was said
 * that it is refused then: a merge makes no refused answer usable.
 */
export async function mergeNarratives(
  context: Context,
  member: Actor,
  { into, others: given, keepsRefused = false }: NarrativeMergeInput,
): Promise<Narrative> {
  allow(member, 'library.edit');
  const ids = given.filter((id) => id !== into);
  const kept = await Narratives.findById(into);
  const others = await Narratives.find({ _id: trusted({ $in: ids }) });
  if (!kept || ids.length === 0 || others.length < ids.length) throw new NotFound('One of them is gone.');
  await assertNoApprovalBound(ids);
  if (!keepsRefused) await assertTwinsAgree(into, ids);
  kept.set({
    tags: union([kept, ...others].map(({ tags }) => tags)).slice(0, MOST_TAGS),
    targets: union([kept, ...others].map(({ targets }) => targets)),
    appeals: union([kept, ...others].map(({ appeals }) => appeals)),
    severity: Math.max(...[kept, ...others].map(({ severity }) => severity)),
  });
  await kept.save();
  for (const { _id } of others) {
    await repoint(context, member, { from: _id, into });
    await absorb(Narratives, into, await Narratives.find({ _id }).select('identity absorbed').lean());
    await Narratives.deleteOne({ _id });
    await NearDuplicates.deleteMany({ pair: _id });
    await recordEvent(context, {
      actor: member._id,
      verb: 'narrative merged',
      subject: 'narrative',
      subjectId: _id,
      details: { into },
    });
  }
  await compareEntry('narrative', { _id: into, text: kept.claim, bands: kept.bands });
  return kept.toObject();
}

async function assertNoApprovalBound(ids: readonly string[]): Promise<void> {
  const bound = await Messages.countDocuments({
    narrative: trusted({ $in: [...ids] }),
    state: trusted({ $in: [...BINDING] }),
  });
  if (bound > 0) throw wouldVoid(bound);
}

async function assertTwinsAgree(into: string, ids: readonly string[]): Promise<void> {
  const { length: count } = await twinsOfTwoStandings(into, ids);
  if (count === 0) return;
  throw new RuleViolation(
    'merge-twins-differ',
    `${count} answers stand with both narratives, refused with one and usable with the other.`,
    { values: { count } },
  );
}

const BINDING: readonly MessageState[] = ['in-review', 'approved'];

function wouldVoid(count: number): RuleViolation {
  return new RuleViolation(
    'merge-would-void-approval',
    `${count} messages that are approved or in review answer the narrative that would go. Merge the other way round, or keep both.`,
    { values: { count } },
  );
}

async function repoint(
  context: Context,
  member: Actor,
  { from, into }: { from: string; into: string },
): Promise<void> {
  for (const campaign of await Campaigns.find({ narratives: from })) {
    campaign.set({ narratives: union([campaign.narratives.map((id) => (id === from ? into : id))]) });
    await campaign.save();
  }
  // The identity of an answer without a key holds what it answers, so each is saved as a person would.
  for await (const answer of Answers.find({ narrative: from }).cursor()) {
    answer.set({ narrative: into });
    const saved = await answer.save().catch(nullForTwin);
    if (saved) continue;
    const twin = await Answers.findOne({ identity: answer.identity });
    if (!twin) continue;
    if (answer.standing === 'refused' && twin.standing !== 'refused') {
      twin.set({ standing: 'refused', refusal: answer.refusal });
      await twin.save();
    }
    await mergeInto(context, member, { from: answer._id, into: twin._id });
  }
  for (const message of await Messages.find({ narrative: from })) {
    // Handed over or approved since it was looked at; what changes from here on fails the save.
    if (BINDING.includes(message.state)) throw wouldVoid(1);
    const before = message.toObject();
    const { isChanged, isVoided, ...outcome } = revision(before, { ...before, narrative: into }, member._id);
    message.set({ narrative: into, ...outcome });
    await message.save();
    await keepVersion(message.toObject(), { editor: member._id, at: context.clock.now() });
  }
}

/** The same words to the same claim are there already: the two have become one answer. */
function nullForTwin(error: unknown): null {
  if (isDuplicateKey(error)) return null;
  throw error;
}
