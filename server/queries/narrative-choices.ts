import { trusted } from 'mongoose';
import type { Narrative } from '../domain/narrative.ts';
import { Narratives } from '../models/narrative.ts';

export type NarrativeChoice = Pick<Narrative, '_id' | 'claim' | 'severity'>;

/** Nobody reads through more in a field; the library's own search finds the others. */
const MOST_CHOICES = 200;

/**
 * The narratives that a field offers: those that are chosen or belong to the campaign first, whatever else there is,
 * then the most severe.
 */
export async function narrativeChoices(first: readonly (string | null)[]): Promise<NarrativeChoice[]> {
  const ids = [...new Set(first.filter((id) => id !== null))];
  const [chosen, others] = await Promise.all([
    Narratives.find({ _id: trusted({ $in: ids }) })
      .select('claim severity')
      .lean(),
    Narratives.find()
      .select('claim severity')
      .sort({ severity: -1, createdAt: -1, _id: -1 })
      .limit(MOST_CHOICES)
      .lean(),
  ]);
  return [...chosen, ...others.filter(({ _id }) => !ids.includes(_id))];
}
