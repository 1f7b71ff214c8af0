import { createHash } from 'node:crypto';
import { trusted } from 'mongoose';
import type { ReadRow } from '../domain/import/row.ts';
import { type Import, type ImportCounts, NO_COUNTS } from '../domain/import.ts';
import { Answers, answerWithDerived } from '../models/answer.ts';
import { breather } from '../models/breather.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import type { ImportBatch, ImportIssue } from '../models/import-batch.ts';
import { Narratives, narrativeWithDerived } from '../models/narrative.ts';

/** Ids of the entries that earlier rows of the file brought: what comes again is known. */
export interface Brought {
  answers: Set<string>;
  narratives: Set<string>;
}

type Outcome = Pick<ImportBatch, 'counts' | 'issues' | 'answers' | 'narratives'>;
type About = Pick<Import, '_id' | 'createdBy' | 'createdAt' | 'isDemo'> & { now: Date };

/**
 * Works out what some hundred rows add to the library and, unless it is a dry run, adds it: claims first, then the
 * answers that name them. The id of a new entry follows from the import and its text, so that a batch that was cut
 * off and runs again adds nothing twice and still counts what it added as its own.
 */
export async function importBatch(
  about: About,
  { rows, brought, isDry }: { rows: readonly ReadRow[]; brought: Brought; isDry: boolean },
): Promise<Outcome> {
  const claims = await derived(rows, ({ claim }) =>
    claim ? narrativeWithDerived({ ...claim, createdBy: about.createdBy, isDemo: about.isDemo }) : null,
  );
  const narratives = await sorted(Narratives, { about, entries: claims, brought: brought.narratives });
  const answered = await derived(rows, ({ answer }, index) => {
    if (!answer) return null;
    const narrative = narratives.ids[index] ?? null;
    return answerWithDerived({ ...answer, narrative, createdBy: about.createdBy, isDemo: about.isDemo });
  });
  const answers = await sorted(Answers, { about, entries: answered, brought: brought.answers });
  if (!isDry) {
    await add(Narratives, narratives.toAdd, about.now);
    await add(Answers, answers.toAdd, about.now);
  }
  for (const id of narratives.fresh.keys()) brought.narratives.add(id);
  for (const id of answers.fresh.keys()) brought.answers.add(id);
  return {
    counts: countsOf(rows, { narratives, answers }),
    issues: rows.flatMap(issuesOf),
    answers: [...answers.fresh.keys()],
    narratives: [...narratives.fresh.keys()],
  };
}

/** Takes up the words of each text, and lets others have their turn in between. */
async function derived<Entry>(
  rows: readonly ReadRow[],
  derive: (row: ReadRow, index: number) => Entry | null,
): Promise<(Entry | null)[]> {
  const entries: (Entry | null)[] = [];
  const breathe = breather();
  for (const [index, row] of rows.entries()) {
    entries.push(derive(row, index));
    await breathe();
  }
  return entries;
}

interface Sorted<Entry> {
  /** By row: the id of its entry, whether it was there or is new. */
  ids: (string | null)[];
  /** By row: whether its entry was there before, or in an earlier row. */
  isKnown: boolean[];
  /** By id: the entries that are this import's own. */
  fresh: Map<string, Entry>;
  /** Those of them that are not stored yet. */
  toAdd: (Entry & { _id: string })[];
}

async function sorted<Entry extends { identity: string }>(
  model: typeof Answers | typeof Narratives,
  { about, entries, brought }: { about: About; entries: (Entry | null)[]; brought: ReadonlySet<string> },
): Promise<Sorted<Entry>> {
  const identities = [...new Set(entries.flatMap((entry) => (entry ? [entry.identity] : [])))];
  const stored = new Map<string, string>();
  if (identities.length > 0) {
    const among = trusted({ $in: identities });
    // What was merged into another is that other; what has come into being again since is itself.
    for (const where of [{ absorbed: among }, { identity: among }]) {
      const found = await (model as typeof Answers).find(where).select('identity absorbed').lean();
      for (const { _id, identity, absorbed = [] } of found) {
        for (const one of 'absorbed' in where ? absorbed : [identity]) stored.set(one, _id);
      }
    }
  }
  const result: Sorted<Entry> = { ids: [], isKnown: [], fresh: new Map(), toAdd: [] };
  for (const entry of entries) {
    const own = entry ? entryId(about, entry.identity) : null;
    const id = entry ? (stored.get(entry.identity) ?? own) : null;
    const isKnown = id !== null && (id !== own || brought.has(id) || result.fresh.has(id));
    result.ids.push(id);
    result.isKnown.push(isKnown);
    if (!entry || id === null || isKnown) continue;
    result.fresh.set(id, entry);
    if (!stored.has(entry.identity)) result.toAdd.push({ ...entry, _id: id });
  }
  return result;
}

/** 24 hex digits that sort by the time of the import, as all ids do, and follow from what the entry says. */
function entryId({ _id, createdAt }: About, identity: string): string {
  const seconds = Math.floor(createdAt.getTime() / 1000)
    .toString(16)
    .padStart(8, '0');
  return seconds + createHash('sha256').update(`${_id} ${identity}`).digest('hex').slice(0, 16);
}

/** What somebody else added in the same moment is left to them. */
async function add(
  model: typeof Answers | typeof Narratives,
  entries: readonly object[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const documents = entries.map((entry) => ({
    ...(model.applyDefaults({ ...entry }) as object),
    ...{ createdAt: now, updatedAt: now, version: 0 },
  }));
  try {
    await model.collection.insertMany(documents as never, { ordered: false });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

function countsOf(
  rows: readonly ReadRow[],
  { narratives, answers }: { narratives: Sorted<object>; answers: Sorted<{ standing: string }> },
): ImportCounts {
  const isKnown = ({ answer, claim }: ReadRow, index: number) =>
    answer ? answers.isKnown[index] : claim && narratives.isKnown[index];
  return {
    ...NO_COUNTS,
    rows: rows.length,
    answers: answers.fresh.size,
    narratives: narratives.fresh.size,
    known: rows.filter(isKnown).length,
    refused: [...answers.fresh.values()].filter(({ standing }) => standing === 'refused').length,
    wrong: rows.filter(({ error }) => error !== null).length,
    noted: rows.filter(({ notes }) => notes.length > 0).length,
  };
}

function issuesOf({ line, entry, error, notes }: ReadRow): ImportIssue[] {
  const all = error ? [{ ...error, isError: true }] : notes.map((note) => ({ ...note, isError: false }));
  return all.map((issue) => ({ line, entry, ...issue }));
}
