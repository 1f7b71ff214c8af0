import { type Model, trusted } from 'mongoose';
import { assetTerms } from '../domain/asset.ts';
import { segmentTerms } from '../domain/audience.ts';
import { messageTerms } from '../domain/message.ts';
import { messengerTerms } from '../domain/messenger.ts';
import { compareEntries } from '../models/alike.ts';
import { Answers, answerWithDerived } from '../models/answer.ts';
import { Assets, WITHOUT_BYTES } from '../models/asset.ts';
import { AudienceSegments } from '../models/audience.ts';
import { breather } from '../models/breather.ts';
import { type Comparable, DERIVATION, type Findable } from '../models/findable.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { Narratives, narrativeWithDerived } from '../models/narrative.ts';
import type { ComparedNoun } from '../models/near-duplicate.ts';
import { learnWords } from '../models/search-word.ts';

type Marks = Partial<Omit<Comparable, 'indexed'>> & { identity?: string };

interface Shelf {
  model: Model<never>;
  /** What is worked out anew from an entry as it is stored. */
  derive(entry: never): Marks;
  compared: { noun: ComparedNoun; text: 'text' | 'claim' } | null;
  /** What is not read of it. */
  without?: string;
}

const SHELVES: readonly Shelf[] = [
  {
    model: Answers as never,
    derive: (entry: Parameters<typeof answerWithDerived>[0]) => marksOf(answerWithDerived(entry)),
    compared: { noun: 'answer', text: 'text' },
  },
  {
    model: Narratives as never,
    derive: (entry: Parameters<typeof narrativeWithDerived>[0]) =>
      marksOf(narrativeWithDerived({ ...entry, targets: entry.targets ?? [], tags: entry.tags ?? [] })),
    compared: { noun: 'narrative', text: 'claim' },
  },
  {
    model: AudienceSegments as never,
    derive: (entry: Parameters<typeof segmentTerms>[0]) => ({
      terms: segmentTerms({ ...entry, tags: entry.tags ?? [] }),
    }),
    compared: null,
  },
  {
    model: Messengers as never,
    derive: (entry: Parameters<typeof messengerTerms>[0]) => ({
      terms: messengerTerms({ ...entry, tags: entry.tags ?? [] }),
    }),
    compared: null,
  },
  {
    model: Messages as never,
    derive: (entry: Parameters<typeof messageTerms>[0]) => ({
      terms: messageTerms({ ...entry, tags: entry.tags ?? [], sources: entry.sources ?? [] }),
    }),
    compared: null,
  },
  {
    model: Assets as never,
    derive: (entry: Parameters<typeof assetTerms>[0]) => ({ terms: assetTerms(entry) }),
    compared: null,
    without: WITHOUT_BYTES,
  },
];

const marksOf = ({ identity, terms, bands }: Marks): Marks => ({ identity, terms, bands }) as Marks;

/** Their marks, 16 each, are looked for in one read; beyond 4,096 the database would read all of the index. */
const BATCH = 200;
/** Missing in what was written before there was a search. */
const STALE = [null, ...Array.from({ length: DERIVATION }, (_, earlier) => earlier)];

/**
 * Makes findable what is not: entries from before there was a search, from an import, or from before words were
 * worked out as now. In batches, between which others have their turn; stopped in between, it goes on where it was.
 */
export async function indexLibrary(signal: AbortSignal): Promise<void> {
  for (const shelf of SHELVES) {
    while (!signal.aborted && (await indexBatch(shelf)) === BATCH);
  }
}

type Stored = Findable & Marks & { _id: string; version?: number; text?: string; claim?: string };

/** Returns how many entries it looked at. */
async function indexBatch({ model, derive, compared, without = '' }: Shelf): Promise<number> {
  const entries = model as unknown as Model<Stored>;
  const stale = await entries
    .find({ indexed: trusted({ $in: STALE }) } as object)
    .select(without)
    .limit(BATCH)
    .lean<Stored[]>();
  const done: { entry: Stored; marks: Marks }[] = [];
  const breathe = breather();
  for (const entry of stale) {
    done.push({ entry, marks: derive(entry as never) });
    await breathe();
  }
  await learnWords(done.flatMap(({ marks }) => marks.terms ?? []));
  await writeMarks({ entries, compared }, done);
  if (compared) {
    const toCompare = done.map(({ entry, marks }) => ({
      ...{ _id: entry._id, text: entry[compared.text] ?? '', bands: marks.bands ?? [] },
    }));
    await compareEntries(compared.noun, toCompare);
  }
  return stale.length;
}

interface Writing {
  entries: Model<Stored>;
  compared: Shelf['compared'];
}

/** Whoever saves in between has worked it out already; the next round sees whether anything is left to do. */
async function writeMarks(
  { entries, compared }: Writing,
  done: readonly { entry: Stored; marks: Marks }[],
): Promise<void> {
  const indexed = compared ? 0 : DERIVATION;
  const updates = done
    .filter(({ entry, marks }) => !compared || JSON.stringify(marksOf(entry)) !== JSON.stringify(marks))
    .map(({ entry: { _id, version }, marks }) => ({
      updateOne: {
        filter: { _id, ...(version === undefined ? {} : { version }) },
        update: { $set: { ...marks, indexed } },
      },
    }));
  if (updates.length > 0) await entries.collection.bulkWrite(updates as never, { ordered: false });
}
