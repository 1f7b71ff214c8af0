import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { connectDatabase } from '../../server/database/connect.ts';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import '../../server/models/index.ts';

let server: Promise<{ uri: string; stop(): Promise<void> }> | undefined;
let databases = 0;

/**
 * The address of a fresh, empty database for this spec file. One embedded server serves the whole process;
 * with MONGODB_URI the run uses that server instead.
 */
export async function freshDatabaseUri(): Promise<string> {
  server ??= process.env.MONGODB_URI ? givenServer(process.env.MONGODB_URI) : ownServer();
  const { uri } = await server;
  const address = new URL(uri);
  databases += 1;
  address.pathname = `/test_${process.pid}_${databases}`;
  if (address.username && !address.searchParams.has('authSource'))
    address.searchParams.set('authSource', 'admin');
  return address.toString();
}

export interface TestDatabase {
  /** For other processes; known once the suite has begun. */
  readonly uri: string;
}

/** Connects mongoose to a fresh database for the enclosing suite, which other processes may join. */
export function useSharedDatabase(): TestDatabase {
  const database = { uri: '' };
  before('connect to a fresh database', async function connect() {
    this.timeout(30_000);
    database.uri = await freshDatabaseUri();
    await connectDatabase(database.uri);
  });
  after('drop the database', async () => {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  });
  return database;
}

/** Connects mongoose to a fresh database for the enclosing suite and empties it before each test. */
export function useDatabase(): void {
  useSharedDatabase();
  beforeEach('empty every collection', async () => {
    await Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({})));
  });
}

async function givenServer(uri: string) {
  return { uri, stop: async () => undefined };
}

let isQuick = false;

/**
 * Keeps the embedded server in memory where the system has plenty: waiting for the disk proves nothing here, and
 * suites about durability have servers of their own. Benchmarks never call this.
 */
export function keepInMemory(): void {
  isQuick = true;
}

const PLENTY_BYTES = 4_000_000_000;

function quickDirectory(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > PLENTY_BYTES ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function ownServer() {
  const dataDir = mkdtempSync(join(isQuick ? quickDirectory() : tmpdir(), 'rejoinder-test-'));
  const database: EmbeddedDatabase = await startEmbeddedDatabase({ dataDir });
  let isStopped = false;
  const forget = () => {
    isStopped = true;
    rmSync(dataDir, { recursive: true, force: true });
  };
  // A worker of mocha, which runs files beside another, ends without calling anybody.
  process.once('exit', () => {
    if (isStopped) return;
    process.kill(database.pid, 'SIGKILL');
    forget();
  });
  return {
    uri: database.uri,
    stop: async () => {
      await database.stop();
      forget();
    },
  };
}

/** Called once by test/support/hooks.ts when the run ends. */
export async function stopTestDatabase(): Promise<void> {
  if (server) await (await server).stop();
}
