import { model, Schema, trusted } from 'mongoose';
import { insertMissing } from './insert-missing.ts';

/** A word that some entry of the library is found by. */
interface SearchWord {
  _id: string;
}

const schema = new Schema<SearchWord>({ _id: String }, { versionKey: false });

/**
 * Every word of the library once: the beginning of a word becomes whole words here, which the entries are then
 * found by. An index over lists has no order by which beginnings could be read from it.
 */
export const SearchWords = model('SearchWord', schema, 'searchWords');

/** Remembers words; those that are known stay as they are. */
export async function learnWords(terms: readonly string[]): Promise<void> {
  const unique = [...new Set(terms)];
  const known = await SearchWords.find({ _id: trusted({ $in: unique }) }).lean();
  const knownWords = new Set(known.map(({ _id }) => _id));
  const added = unique.filter((word) => !knownWords.has(word)).map((_id) => ({ _id }));
  await insertMissing(SearchWords, added);
}
