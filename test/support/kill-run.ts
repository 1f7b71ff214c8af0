import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { until } from './until.ts';

export interface KillFigures {
  rounds: number;
  acknowledged: number;
  /** Acknowledged inserts, updates and deletes that were not there afterwards. */
  lost: number;
  /** Complaints of validate: documents and index entries that do not agree. */
  disagreements: string[];
  /** Longest time from a kill until the same client was answered again, in milliseconds. */
  slowestReturnMs: number;
}

interface Thing {
  _id: string;
  key: string;
  version: number;
  tags: number[];
}

/** The state of one document as the server acknowledged it last; 'gone' after a delete. */
type Ledger = Map<string, number | 'gone'>;

const WRITERS = 20;
/** Writes acknowledged in every round, however busy the machine is: a kill before them would show nothing. */
const AT_LEAST = 15;

/**
 * Kills the database (SIGKILL) at random moments while twenty writers insert, update and delete, and compares what
 * was acknowledged with what is there. Clients and server come back by themselves.
 */
export async function killRun(rounds: number): Promise<KillFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-kill-'));
  const database = await startEmbeddedDatabase({ dataDir });
  const client = new MongoClient(database.uri, { maxPoolSize: WRITERS, serverSelectionTimeoutMS: 20_000 });
  const figures: KillFigures = { rounds, acknowledged: 0, lost: 0, disagreements: [], slowestReturnMs: 0 };
  const ledger: Ledger = new Map();
  try {
    const things = client.db().collection<Thing>('things');
    await things.createIndex({ key: 1 }, { unique: true });
    await things.createIndex({ version: 1, key: -1 });
    await things.createIndex({ tags: 1 });
    for (let round = 0; round < rounds; round += 1) {
      await oneRound({ round, database, db: client.db(), things, ledger, figures });
    }
    figures.lost += await countLost(things, ledger);
    return figures;
  } finally {
    await client.close();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Round {
  round: number;
  database: EmbeddedDatabase;
  db: Db;
  things: Collection<Thing>;
  ledger: Ledger;
  figures: KillFigures;
}

async function oneRound({ round, database, db, things, ledger, figures }: Round): Promise<void> {
  const begun: Ledger = new Map();
  const cut = new AbortController();
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    writeUntilCut({ things, ledger: begun, figures }, `${round}-${writer}`, cut.signal),
  );
  const { pid } = database;
  const before = figures.acknowledged;
  const killAt = performance.now() + Math.random() * 250;
  await until(() => figures.acknowledged - before >= AT_LEAST && performance.now() >= killAt, {
    timeoutMs: 20_000,
    what: 'the moment to kill',
  });
  cut.abort();
  process.kill(pid, 'SIGKILL');
  const killedAt = performance.now();
  await Promise.all(writers);
  await until(() => answers(db), { timeoutMs: 20_000, what: 'the database back' });
  figures.slowestReturnMs = Math.max(figures.slowestReturnMs, Math.round(performance.now() - killedAt));
  figures.lost += await countLost(things, begun);
  const { errors } = await db.command({ validate: 'things' });
  figures.disagreements.push(...errors);
  for (const [id, state] of begun) ledger.set(id, state);
}

function answers(db: Db): Promise<boolean> {
  return db.command({ count: 'things' }).then(
    () => true,
    () => false,
  );
}

/** Writes until the database is killed. What was under way then may be there or not: it leaves the ledger. */
async function writeUntilCut(writing: Writing, name: string, cut: AbortSignal): Promise<void> {
  const { things, ledger, figures } = writing;
  for (let count = 0; !cut.aborted; count += 1) {
    const id = `${name}-${count}`;
    try {
      await things.insertOne({ _id: id, key: id, version: 0, tags: [count, count + 1] });
      ledger.set(id, 0);
      figures.acknowledged += 1;
      if (count % 2 === 0) await change(writing, id);
      if (count % 5 === 4) await remove(writing, `${name}-${count - 1}`);
      if (count % 3 === 2) await changeTogether(writing, `${id}-bulk`, count % 2 === 0);
    } catch {
      return;
    }
  }
}

type Writing = Pick<Round, 'things' | 'ledger' | 'figures'>;

async function change({ things, ledger, figures }: Writing, id: string): Promise<void> {
  ledger.delete(id);
  await things.findOneAndUpdate({ key: id }, { $inc: { version: 1 }, $push: { tags: 7 } });
  ledger.set(id, 1);
  figures.acknowledged += 1;
}

/** Several statements that share commits. */
async function changeTogether(
  { things, ledger, figures }: Writing,
  name: string,
  ordered: boolean,
): Promise<void> {
  const ids = [1, 2, 3, 4].map((part) => `${name}-${part}`);
  const statements = [0, 1].flatMap((version) =>
    ids.map((_id) => ({
      updateOne: { filter: { _id }, update: { $set: { key: _id, version, tags: [version] } }, upsert: true },
    })),
  );
  await things.bulkWrite(statements, { ordered });
  for (const id of ids) ledger.set(id, 1);
  figures.acknowledged += statements.length;
}

async function remove({ things, ledger, figures }: Writing, id: string): Promise<void> {
  ledger.delete(id);
  await things.deleteOne({ _id: id });
  ledger.set(id, 'gone');
  figures.acknowledged += 1;
}

async function countLost(things: Collection<Thing>, ledger: Ledger): Promise<number> {
  const found = new Map<string, number>();
  for await (const { _id, version } of things.find({}, { batchSize: 5_000 })) found.set(_id, version);
  return [...ledger].filter(([id, state]) => (found.get(id) ?? 'gone') !== state).length;
}
