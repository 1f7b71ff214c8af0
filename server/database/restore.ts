import { deserialize } from 'bson';
import type mongoose from 'mongoose';
import { CannotStart } from '../errors.ts';
import { type BackupCollection, readBackupFile } from './backup-file.ts';
import { connectDriver } from './connect.ts';

type Database = mongoose.mongo.Db;
type Document = mongoose.mongo.Document;

/** As many documents go over in one message, and as many bytes at most. */
const BATCH = 500;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Brings a backup back: documents with their types, then indexes. The whole file is read once before anything
 * is changed. Throws CannotStart when the file is damaged, or when the database holds documents and `replace` is
 * not set; with it, what was there is dropped first.
 */
export async function restore(
  uri: string,
  file: string,
  { replace = false } = {},
): Promise<{ collections: number; documents: number }> {
  for await (const record of readBackupFile(file)) void record;
  const client = await connectDriver(uri);
  try {
    await makeRoom(client.db(), replace);
    return await load(client.db(), file);
  } finally {
    await client.close();
  }
}

async function makeRoom(database: Database, replace: boolean): Promise<void> {
  const names = (await database.listCollections({ type: 'collection' }).toArray()).map(({ name }) => name);
  for (const name of names) {
    const isEmpty = (await database.collection(name).findOne({}, { projection: { _id: 1 } })) === null;
    if (isEmpty || replace) continue;
    throw new CannotStart(
      `The database ${database.databaseName} is not empty (${name} holds documents), so nothing was restored. Restore into a new DATA_DIR, or add --replace to drop what is there.`,
    );
  }
  for (const name of names.filter((name) => !name.startsWith('system.'))) await database.dropCollection(name);
}

async function load(database: Database, file: string): Promise<{ collections: number; documents: number }> {
  const restored = { collections: 0, documents: 0 };
  let current: BackupCollection | undefined;
  let batch: Document[] = [];
  let bytes = 0;
  const flush = async () => {
    if (current && batch.length > 0) await database.collection(current.collection).insertMany(batch);
    restored.documents += batch.length;
    batch = [];
    bytes = 0;
  };
  const finish = async () => {
    await flush();
    if (current) await makeIndexes(database, current);
  };
  for await (const record of readBackupFile(file)) {
    if (record.kind === 'collection') {
      await finish();
      current = record.value;
      await database.createCollection(current.collection);
      restored.collections += 1;
    } else if (record.kind === 'document') {
      batch.push(deserialize(record.raw, { promoteValues: false, bsonRegExp: true }));
      bytes += record.raw.length;
      if (batch.length === BATCH || bytes > BATCH_BYTES) await flush();
    } else if (record.kind === 'end') await finish();
  }
  return restored;
}

async function makeIndexes(database: Database, { collection, indexes }: BackupCollection): Promise<void> {
  const wanted = indexes
    .filter(({ name }) => name !== '_id_')
    .map(({ v: _, ns: __, ...index }) => index as unknown as mongoose.mongo.IndexDescription);
  if (wanted.length > 0) await database.collection(collection).createIndexes(wanted);
}
