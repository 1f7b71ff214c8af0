import { rm } from 'node:fs/promises';
import type mongoose from 'mongoose';
import { type BackupRecord, writeBackupFile } from './backup-file.ts';
import { connectDriver } from './connect.ts';
import { startEmbeddedDatabase } from './embedded/start.ts';

type Client = mongoose.mongo.MongoClient;

export interface BackupFigures {
  readonly collections: number;
  readonly documents: number;
  readonly consistency: 'one instant' | 'collection by collection';
}

/**
 * Writes every collection of the address's database, with its indexes, into one file, while others go on writing.
 * The embedded database gives a snapshot of one instant, and so does a replica set or a sharded cluster; a MongoDB
 * that stands alone cannot, there each collection is read as it is when its turn comes.
 */
export async function backUp(uri: string, file: string): Promise<BackupFigures> {
  const client = await connectDriver(uri);
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    if (hello.rejoinder === undefined) {
      const hasSnapshots = hello.setName !== undefined || hello.msg === 'isdbgrid';
      return await writeFrom(client, file, hasSnapshots ? 'session' : 'none');
    }
    return await backUpSnapshot(client, uri, file);
  } finally {
    await client.close();
  }
}

/** The server copies its data file as of one instant; the copy is served for as long as it takes to read it. */
async function backUpSnapshot(client: Client, uri: string, file: string): Promise<BackupFigures> {
  const { directory } = await client.db('admin').command({ rejoinderSnapshot: 1 });
  try {
    await using copy = await startEmbeddedDatabase({ dataDir: directory });
    const address = new URL(copy.uri);
    address.pathname = new URL(uri).pathname;
    const other = await connectDriver(address.toString());
    try {
      return await writeFrom(other, file, 'copy');
    } finally {
      await other.close();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function writeFrom(
  client: Client,
  file: string,
  by: 'copy' | 'session' | 'none',
): Promise<BackupFigures> {
  const consistency = by === 'none' ? 'collection by collection' : 'one instant';
  const counted = { collections: 0, documents: 0 };
  const session = by === 'session' ? client.startSession({ snapshot: true }) : undefined;
  try {
    await writeBackupFile(file, recordsOf(client, consistency, counted, session));
    return { ...counted, consistency };
  } finally {
    await session?.endSession();
  }
}

async function* recordsOf(
  client: Client,
  consistency: BackupFigures['consistency'],
  counted: { collections: number; documents: number },
  session: mongoose.mongo.ClientSession | undefined,
): AsyncGenerator<BackupRecord> {
  const database = client.db();
  const head = { rejoinderBackup: 1, at: new Date(), database: database.databaseName, consistency } as const;
  yield { kind: 'head', value: head };
  const listed = await database.listCollections({ type: 'collection' }).toArray();
  for (const { name } of listed.filter((collection) => !collection.name.startsWith('system.'))) {
    const indexes = await database.collection(name).indexes();
    yield { kind: 'collection', value: { collection: name, indexes } };
    counted.collections += 1;
    const documents = database
      .collection(name)
      .find({}, { raw: true, batchSize: 500, ...(session && { session }) });
    for await (const raw of documents) {
      counted.documents += 1;
      yield { kind: 'document', raw: raw as unknown as Uint8Array };
    }
  }
  yield { kind: 'end', value: { documents: counted.documents } };
}
