import { setImmediate as nextTurn } from 'node:timers/promises';
import { readPlain } from './bson/codec.ts';
import type { Engine } from './engine.ts';
import type { Collection, Index } from './storage/catalog.ts';
import { keysOf } from './storage/records.ts';
import type { Entry } from './storage/store.ts';

export interface Check {
  valid: boolean;
  nrecords: number;
  keysPerIndex: Record<string, number>;
  errors: string[];
}

const BATCH = 500;

/** Reads every document and every index entry and reports where they disagree. */
export async function checkCollection(engine: Engine, collection: Collection): Promise<Check> {
  const check: Check = { valid: true, nrecords: 0, keysPerIndex: {}, errors: [] };
  const expected = new Map<Index, number>(collection.indexes.map((index) => [index, 0]));
  for (let after = 0; ; ) {
    const { rows, isLast } = engine.store.rows(collection.id, after, BATCH);
    for (const { record, raw } of rows) countExpected(engine, expected, check, { record, raw });
    check.nrecords += rows.length;
    after = rows.at(-1)?.record ?? after;
    if (isLast) break;
    await nextTurn();
  }
  const counted = engine.catalog.count(collection);
  if (counted !== check.nrecords)
    check.errors.push(`${check.nrecords} documents, but ${counted} are counted`);
  for (const [index, wanted] of expected) {
    const found = await countEntries(engine, index);
    check.keysPerIndex[index.name] = found;
    if (found !== wanted) check.errors.push(`index ${index.name} has ${found} entries instead of ${wanted}`);
  }
  check.valid = check.errors.length === 0;
  return check;
}

function countExpected(
  engine: Engine,
  expected: Map<Index, number>,
  check: Check,
  { record, raw }: { record: number; raw: Buffer },
): void {
  const document = readPlain(raw);
  for (const [index, count] of expected) {
    const { keys } = keysOf(index, document);
    expected.set(index, count + keys.length);
    for (const key of keys)
      if (!engine.store.hasEntry(index.id, key, record))
        check.errors.push(`index ${index.name} lacks an entry of document ${String(document._id)}`);
  }
}

/** What the documents of these collections take, in bytes. */
export async function documentBytes(engine: Engine, collections: readonly Collection[]): Promise<number> {
  let bytes = 0;
  for (const { id } of collections)
    for (let after = 0; ; ) {
      const { rows, isLast } = engine.store.rows(id, after, BATCH);
      for (const { raw } of rows) bytes += raw.length;
      after = rows.at(-1)?.record ?? after;
      await nextTurn();
      if (isLast) break;
    }
  return bytes;
}

const ALL = { from: Buffer.alloc(0), to: Buffer.alloc(8, 0xff) };

async function countEntries(engine: Engine, index: Index): Promise<number> {
  let count = 0;
  let after: Entry | undefined;
  for (;;) {
    const entries = engine.store.entriesIn(index.id, ALL, BATCH, { after });
    count += entries.length;
    after = entries.at(-1);
    if (entries.length < BATCH) return count;
    await nextTurn();
  }
}
