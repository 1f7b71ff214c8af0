import { isDuplicateKey } from './duplicate-key.ts';

/** Inserts documents whose ids say what they are; those that somebody else inserted in between stay as they are. */
export async function insertMissing<Entry>(
  model: { insertMany(documents: Entry[], options: { ordered: false }): Promise<unknown> },
  documents: readonly Entry[],
): Promise<void> {
  if (documents.length === 0) return;
  try {
    await model.insertMany([...documents], { ordered: false });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
