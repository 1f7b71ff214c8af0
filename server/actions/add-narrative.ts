import type { Context } from '../context.ts';
import { type Narrative, neutralised } from '../domain/narrative.ts';
import { Narratives } from '../models/narrative.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export type NarrativeInput = Pick<Narrative, 'claim' | 'appeals' | 'circulation' | 'severity' | 'grievance'>;

export interface SavedNarrative {
  narrative: Narrative;
  /** How many addresses were rewritten so that they lead nowhere. */
  rewritten: number;
}

/** Adds a harmful narrative to the library; addresses in it are written so that nobody can follow them. */
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
  return { narrative: narrative.toObject(), rewritten };
}
