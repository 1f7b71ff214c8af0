import { type Model, trusted } from 'mongoose';
import { type ComparedText, comparedText, isSubstantial, shareOfTriples } from '../domain/similarity.ts';
import { Answers } from './answer.ts';
import { breather } from './breather.ts';
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
const READ_AT_ONCE = 500;
const TEXT_OF = { answer: 'text', narrative: 'claim' } as const;
const MODEL_OF = { answer: Answers, narrative: Narratives } as const;

const comparedModel = (noun: ComparedNoun) =>
  MODEL_OF[noun] as unknown as Model<Comparable & { _id: string }>;

/** Compares one entry; see compareEntries. Those that are much like it come the most similar first. */
export async function compareEntry(noun: ComparedNoun, entry: Compared): Promise<Alike[]> {
  const alike = await compareEntries(noun, [entry]);
  return alike.get(entry._id) ?? [];
}

/**
 * Compares entries with those that share a mark with them, writes down whom each is much like, and says so. They
 * then count as indexed. One read and one write for all of them; long work lets others in.
 */
export async function compareEntries(
  noun: ComparedNoun,
  entries: readonly Compared[],
): Promise<ReadonlyMap<string, Alike[]>> {
  const sought = entries.map((entry) => ({ ...entry, compared: comparedText(entry.text), seen: 0 }));
  const alike = new Map<string, Alike[]>(entries.map(({ _id }) => [_id, []]));
  await addAlike(noun, sought, alike);
  for (const found of alike.values()) found.sort((a, b) => b.similarity - a.similarity);
  await recordAlike(noun, alike);
  await markIndexed(noun, entries);
  return alike;
}

interface Sought extends Compared {
  compared: ComparedText;
  /** How many it was compared with. */
  seen: number;
}

async function addAlike(noun: ComparedNoun, sought: Sought[], alike: Map<string, Alike[]>): Promise<void> {
  const byBand = new Map<number, Sought[]>();
  for (const one of sought) {
    for (const band of one.bands) byBand.set(band, [...(byBand.get(band) ?? []), one]);
  }
  if (byBand.size === 0) return;
  const field = TEXT_OF[noun];
  const candidates = comparedModel(noun)
    .find({ bands: trusted({ $in: [...byBand.keys()] }) })
    .select([field, 'bands'])
    .lean<{ _id: string; bands: number[]; text?: string; claim?: string }[]>()
    .cursor({ batchSize: READ_AT_ONCE });
  const breathe = breather();
  for await (const candidate of candidates) {
    const { _id, bands } = candidate;
    const text = candidate[field] ?? '';
    let compared: ComparedText | undefined;
    for (const one of new Set(bands.flatMap((band) => byBand.get(band) ?? []))) {
      if (one._id === _id || one.seen === MOST_CANDIDATES) continue;
      one.seen += 1;
      compared ??= comparedText(text);
      const similarity = shareOfTriples(one.compared, compared);
      if (isSubstantial(similarity)) alike.get(one._id)?.push({ _id, text, similarity });
    }
    await breathe();
  }
}

/** Not an entry whose text somebody changed in between: the change is compared anew. */
async function markIndexed(noun: ComparedNoun, entries: readonly Compared[]): Promise<void> {
  const updates = entries.map(({ _id, bands }) => ({
    updateOne: { filter: { _id, bands }, update: { $set: { indexed: DERIVATION } } },
  }));
  if (updates.length > 0)
    await comparedModel(noun).collection.bulkWrite(updates as never, { ordered: false });
}
