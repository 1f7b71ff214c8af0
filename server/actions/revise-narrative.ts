import type { Context } from '../context.ts';
import { neutralised } from '../domain/narrative.ts';
import { cleanTags } from '../domain/tag.ts';
import { NotFound } from '../errors.ts';
import { Narratives } from '../models/narrative.ts';
import { compareNarrative, type NarrativeInput, type SavedNarrative } from './add-narrative.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';

/** Changes a harmful narrative. Throws Conflict when somebody else saved in between. */
export async function reviseNarrative(
  context: Context,
  member: Actor,
  { narrative: id, version, ...input }: NarrativeInput & { narrative: string; version: number },
): Promise<SavedNarrative> {
  allow(member, 'library.edit');
  const narrative = await Narratives.findById(id);
  if (!narrative) throw new NotFound('There is no such narrative.');
  assertCurrent(narrative, version);
  const { rewritten, ...harmless } = neutralised(input);
  narrative.set({ ...input, ...harmless, ...(input.tags ? { tags: cleanTags(input.tags) } : {}) });
  await narrative.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'narrative changed',
    subject: 'narrative',
    subjectId: id,
    details: { severity: narrative.severity, rewritten },
  });
  return { narrative: narrative.toObject(), rewritten, alike: await compareNarrative(narrative.toObject()) };
}
