import { type Collection, type Db, type Document, MongoClient, MongoServerError } from 'mongodb';
import { freshDatabaseUri } from './database.ts';

/** True when the suites run against the server that MONGODB_URI names instead of the embedded one. */
export const isRealServer = Boolean(process.env.MONGODB_URI);

/** Skips the enclosing suite or test on a real MongoDB: it asserts what only the embedded database does. */
export function onlyEmbedded(title: string, test: Mocha.AsyncFunc): void {
  // Asked anew each time: a worker of mocha has another `it` for every file, and this module only once.
  (isRealServer ? it.skip : it)(title, test);
}

export interface NativeDatabase {
  readonly client: MongoClient;
  readonly db: Db;
  /** A new, empty collection, or one that holds these documents. */
  collection(documents?: readonly Document[]): Promise<Collection>;
}

/** The bare driver on a fresh database for the enclosing suite: no schema stands between a test and the server. */
export function useNativeDatabase(options: { promoteValues?: boolean } = {}): NativeDatabase {
  let client: MongoClient;
  let made = 0;
  before('connect to a fresh database', async function connect() {
    this.timeout(30_000);
    client = new MongoClient(await freshDatabaseUri(), { ...options, serverSelectionTimeoutMS: 5_000 });
    await client.connect();
  });
  after('drop the database', async () => {
    await client.db().dropDatabase();
    await client.close();
  });
  return {
    get client() {
      return client;
    },
    get db() {
      return client.db();
    },
    collection: async (documents = []) => {
      made += 1;
      const collection = client.db().collection(`things_${made}`);
      if (documents.length > 0) await collection.insertMany(documents.map((document) => ({ ...document })));
      return collection;
    },
  };
}

/** The server's refusal: its code, name and details. Throws when the work succeeds or fails otherwise. */
export async function refusalOf(work: Promise<unknown>): Promise<MongoServerError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MongoServerError) return error;
    throw error;
  }
  throw new Error('the server did what it should have refused');
}

/** The ids that a filter finds, in the order of ids. */
export async function idsOf(collection: Collection, filter: Document): Promise<unknown[]> {
  const found = await collection.find(filter).sort({ _id: 1 }).project({ _id: 1 }).toArray();
  return found.map(({ _id }) => _id);
}
