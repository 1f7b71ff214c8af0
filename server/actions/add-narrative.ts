import type { Context } from '../context.ts';
import { type Narrative, neutralised } from '../domain/narrative.ts';
import { cleanTags } from '../domain/tag.ts';
import { type Alike, compareEntry } from '../models/alike.ts';
import type { Comparable } from '../models/findable.ts';
import { Narratives } from '../models/narrative.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export type NarrativeInput = Pick<Narrative, 'claim' | 'appeals' | 'circulation' | 'severity' | 'grievance'> &
  Partial<Pick<Narrative, 'targets' | 'tags'>>;

export interface SavedNarrative {
  narrative: Narrative;
  /** How many addresses were rewritten so that they lead nowhere. */
  rewritten: number;
  /** Narratives that claim substantially the same, the most similar first. */
  alike: Alike[];
}

/** Adds a harmful narrative to the library; addresses in it are written so that nobody can follow them. Throws RuleViolation for a tag that names a person. */
export async function addNarrative(
  context: Context,
  member: Actor,
  input: NarrativeInput & Partial<Pick<Narrative, 'isDemo'>>,
): Promise<SavedNarrative> {
  allow(member, 'library.edit');
  const { rewritten, ...harmless } = neutralised(input);
  const narrative = await Narratives.create({
    ...input,
    ...harmless,
    tags: cleanTags(input.tags ?? []),
    createdBy: member._id,
    createdAt: context.clock.now(),
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'narrative added',
    subject: 'narrative',
    subjectId: narrative._id,
    details: { severity: narrative.severity, rewritten },
  });
  return { narrative: narrative.toObject(), rewritten, alike: await compareNarrative(narrative.toObject()) };
}

/** Whom a narrative is much like, now that it was saved. */
export function compareNarrative({ _id, claim, bands }: Narrative & Comparable): Promise<Alike[]> {
  return compareEntry('narrative', { _id, text: claim, bands });
}
