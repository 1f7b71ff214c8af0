import type { Schema } from 'mongoose';
import { learnWords } from './search-word.ts';

/** Raised when the way changes in which words or marks are worked out; the job `index-library` then does all anew. */
export const DERIVATION = 1;

/** What an entry of the library carries so that it is found. None of it is written by people. */
export interface Findable {
  /** Its words as the search finds them. */
  terms: string[];
  /** The DERIVATION under which all was done; missing or 0 while the job `index-library` has to look at it. */
  indexed: number;
}

/** What an entry carries so that its near-duplicates are found; it is indexed once it was compared with the others. */
export interface Comparable extends Findable {
  /** See bandsOf. */
  bands: number[];
  /** The identities of what was merged into it, so that an import that brings those again knows them. */
  absorbed: string[];
}

/** For what is found by its words and has no tags. */
export const foundFields = { terms: [String], indexed: { type: Number, default: 0 } };
export const findableFields = { tags: [String], ...foundFields };
export const comparableFields = { ...findableFields, bands: [Number], absorbed: [String] };

/** The fields that nobody reads on a page. */
export const WITHOUT_MARKS = '-terms -bands -absorbed';

/** The indexes of the search; and the words become known with every save, so that their beginnings find them too. */
export function makeFindable<Entry extends Findable>(schema: Schema<Entry>): void {
  schema.index({ terms: 1 });
  if (schema.path('tags')) schema.index({ tags: 1 });
  schema.index({ indexed: 1 });
  schema.post('save', async (entry: unknown) => learnWords((entry as Findable).terms));
  schema.post('insertMany', async (saved: unknown) => {
    const entries = Array.isArray(saved) ? (saved as Findable[]) : [];
    await learnWords(entries.flatMap(({ terms = [] }) => terms));
  });
}

export function makeComparable<Entry extends Comparable>(schema: Schema<Entry>): void {
  makeFindable(schema);
  schema.index({ bands: 1 });
  schema.index({ absorbed: 1 });
}
