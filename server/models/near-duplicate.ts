import { model, Schema, trusted } from 'mongoose';
import { optionalDate, optionalText } from './document.ts';
import { insertMissing } from './insert-missing.ts';

const COMPARED_NOUNS = ['answer', 'narrative'] as const;
export type ComparedNoun = (typeof COMPARED_NOUNS)[number];

/** Two entries of the library that say substantially the same. */
export interface NearDuplicate {
  /** Both ids, so that a pair is there once. */
  _id: string;
  noun: ComparedNoun;
  /** Ids of both, the one that sorts first in front. */
  pair: [string, string];
  /** As domain/similarity.ts measures it, from .8 to 1. */
  similarity: number;
  /** Whether somebody looked and keeps both. */
  isKept: boolean;
  decidedBy: string | null;
  decidedAt: Date | null;
}

const schema = new Schema<NearDuplicate>(
  {
    _id: { type: String, required: true },
    noun: { type: String, enum: COMPARED_NOUNS, required: true },
    pair: { type: [String], required: true },
    similarity: { type: Number, required: true },
    isKept: { type: Boolean, default: false },
    decidedBy: optionalText,
    decidedAt: optionalDate,
  },
  { versionKey: false },
);
schema.index({ pair: 1 });
schema.index({ noun: 1, isKept: 1, similarity: -1, _id: 1 });

export const NearDuplicates = model('NearDuplicate', schema, 'nearDuplicates');

/** How many others this entry is much like, without those that somebody decided to keep. */
export function countAlike(noun: ComparedNoun, id: string): Promise<number> {
  return NearDuplicates.countDocuments({ noun, pair: id, isKept: false });
}

/**
 * Writes down with whom entries are substantially the same, by id; pairs that are no longer so are forgotten, and
 * what somebody decided about the others stays.
 */
export async function recordAlike(
  noun: ComparedNoun,
  alike: ReadonlyMap<string, readonly { _id: string; similarity: number }[]>,
): Promise<void> {
  const found = new Map<string, NearDuplicate>();
  for (const [id, others] of alike) {
    for (const { _id, similarity } of others) {
      const pair = [id, _id].sort() as [string, string];
      const undecided = { isKept: false, decidedBy: null, decidedAt: null };
      found.set(pair.join(':'), { _id: pair.join(':'), noun, pair, similarity, ...undecided });
    }
  }
  const known = await NearDuplicates.find({ noun, pair: trusted({ $in: [...alike.keys()] }) })
    .select('_id')
    .lean();
  const gone = known.filter(({ _id }) => !found.delete(_id));
  if (gone.length > 0) {
    await NearDuplicates.deleteMany({ _id: trusted({ $in: gone.map(({ _id }) => _id) }) });
  }
  await insertMissing(NearDuplicates, [...found.values()]);
}
