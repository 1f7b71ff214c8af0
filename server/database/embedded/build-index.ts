import { setImmediate as nextTurn } from 'node:timers/promises';
import { readPlain } from './bson/codec.ts';
import { COMMIT_SLICE, type Engine } from './engine.ts';
import type { Collection, Index } from './storage/catalog.ts';

const BATCH = 100;

/**
 * Fills an index over existing documents, a slice at a time, while others go on reading and writing. When it fails,
 * for instance with DuplicateKey, the index is gone again and the error is thrown.
 */
export async function buildIndex(engine: Engine, collection: Collection, index: Index): Promise<void> {
  let after = 0;
  try {
    for (;;) {
      const reached = await engine.write(() => addSome(engine, collection, index, after));
      if (reached === undefined) break;
      after = reached;
      await nextTurn();
    }
  } catch (error) {
    await engine.write(() => forget(engine, collection, index));
    throw error;
  }
  await engine.write(() => {
    index.ready = true;
    engine.catalog.save(collection);
  });
}

function addSome(engine: Engine, collection: Collection, index: Index, start: number): number | undefined {
  const ends = performance.now() + COMMIT_SLICE;
  let after = start;
  while (performance.now() < ends) {
    const { rows, isLast } = engine.store.rows(collection.id, after, BATCH);
    for (const { record, raw } of rows) engine.records.addToIndex(collection, index, record, readPlain(raw));
    if (isLast) return undefined;
    after = rows.at(-1)?.record ?? after;
  }
  return after;
}

function forget(engine: Engine, collection: Collection, index: Index): void {
  collection.indexes = collection.indexes.filter((other) => other !== index);
  engine.catalog.dropEntries(index);
  engine.catalog.save(collection);
}

/** Removes indexes whose build a crash interrupted: they were never acknowledged. */
export async function forgetUnfinished(engine: Engine): Promise<void> {
  for (const collection of engine.catalog.all())
    for (const index of collection.indexes)
      if (!index.ready) await engine.write(() => forget(engine, collection, index));
}
