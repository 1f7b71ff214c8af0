import { type Model, trusted } from 'mongoose';
import { isSubstantiallySimilar, similarity } from '../domain/similarity.ts';
import { Answers } from './answer.ts';
import { type Comparable, DERIVATION } from './findable.ts';
import { Narratives } from './narrative.ts';
import { type ComparedNoun, recordAlike } from './near-duplicate.ts';

/** An entry as it is compared: its text under one name, whatever the noun calls it. */
export interface Compared {
  _id: string;
  text: string;
  bands: number[];
}

export interface Alike {
  _id: string;
  text: string;
  similarity: number;
}

const MOST_CANDIDATES = 500;
const TEXT_OF = { answer: 'text', narrative: 'claim' } as const;
const MODEL_OF = { answer: Answers, narrative: Narratives } as const;

const comparedModel = (noun: ComparedNoun) => MODEL_OF[noun] as unknown as Model<Comparable>;

/**
 * Compares one entry with those that share a mark with it, writes down whom it is much like, and says so, the most
 * similar first. The entry then counts as indexed.
 */
export async function compareEntry(noun: ComparedNoun, { _id, text, bands }: Compared): Promise<Alike[]> {
  const model = comparedModel(noun);
  const field = TEXT_OF[noun];
  const candidates = await model
    .find({ bands: trusted({ $in: bands }), _id: trusted({ $ne: _id }) })
    .select(field)
    .limit(MOST_CANDIDATES)
    .lean<{ _id: string; text?: string; claim?: string }[]>();
  const alike = candidates
    .map((one) => ({ _id: one._id, text: one[field] ?? '' }))
    .filter((one) => isSubstantiallySimilar(one.text, text))
    .map((one) => ({ ...one, similarity: similarity(one.text, text) }))
    .sort((a, b) => b.similarity - a.similarity);
  await recordAlike(noun, _id, alike);
  // Not while somebody changed the text in between: the change is compared anew.
  await model.updateOne({ _id, bands }, { $set: { indexed: DERIVATION } }, { timestamps: false });
  return alike;
}
