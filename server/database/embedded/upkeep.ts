import type { Cursors } from './cursors.ts';
import { compileFilter, type Engine } from './engine.ts';
import type { Collection, Index } from './storage/catalog.ts';
import { changeAll } from './write-one.ts';

const PURGE_BATCH = 1000;

/** Deletes what expired under TTL indexes, as MongoDB's monitor does once a minute. */
export async function deleteExpired(engine: Engine, now = new Date()): Promise<void> {
  for (const collection of engine.catalog.all())
    for (const index of collection.indexes)
      if (index.ready) await deleteExpiredUnder(engine, collection, index, now);
}

async function deleteExpiredUnder(
  engine: Engine,
  collection: Collection,
  index: Index,
  now: Date,
): Promise<void> {
  const { expireAfterSeconds: seconds, fields } = index;
  const [field] = fields;
  if (seconds === undefined || !field) return;
  const expiry = { [field.path]: { $lte: new Date(now.getTime() - seconds * 1000) } };
  const expired = index.partial ? { $and: [expiry, index.spec.partialFilterExpression] } : expiry;
  const asked = { collection, filter: compileFilter(expired), sort: [], limit: 0, hint: index };
  await changeAll(engine, asked, (match) => engine.records.remove(collection, match.record, match.document));
}

/** Frees the space of dropped collections and indexes, a little per commit; goes on after a restart. */
export async function purgeDropped(engine: Engine): Promise<void> {
  for (const [name] of engine.store.namedFrom('drop/')) {
    const [, kind, id] = name.split('/') as [string, 'documents' | 'entries', string];
    let hasMore = true;
    while (hasMore)
      hasMore = await engine.write(() => {
        const isPartial = engine.store.purge(kind, Number(id), PURGE_BATCH);
        if (!isPartial) engine.store.removeNamed(name);
        return isPartial;
      });
  }
}

const MINUTE = 60_000;

/** Starts the recurring work; returns how to stop it. */
export function startUpkeep(
  engine: Engine,
  cursors: Cursors,
  onTrouble: (error: unknown) => void,
): () => void {
  let running = false;
  const round = async () => {
    if (running) return;
    running = true;
    try {
      cursors.closeIdle();
      await deleteExpired(engine);
      await purgeDropped(engine);
    } catch (error) {
      onTrouble(error);
    } finally {
      running = false;
    }
  };
  const timer = setInterval(round, MINUTE);
  return () => clearInterval(timer);
}
