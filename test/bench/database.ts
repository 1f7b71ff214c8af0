import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient, ObjectId } from 'mongodb';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { measureAgenda } from './agenda.ts';

const DOCUMENTS = 100_000;
const CALLERS = 32;
const SECONDS = 4;

/** Measures the embedded database, or the server that MONGODB_URI names, each figure also as a share of bare pings. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-bench-'));
  const embedded = process.env.MONGODB_URI ? undefined : await startEmbeddedDatabase({ dataDir });
  const client = new MongoClient(process.env.MONGODB_URI ?? embedded?.uri ?? '', { maxPoolSize: CALLERS });
  const database = client.db(`bench_${process.pid}`);
  const things = database.collection<Thing>('things');
  const ceiling = await perSecond(() => database.command({ ping: 1 }));
  print('ping (the ceiling)', ceiling, ceiling);
  const ids = await fill(things, ceiling);
  await measureOperations(things, ids, ceiling);
  for (const line of await measureAgenda(client, `bench_agenda_${process.pid}`)) write(line);
  await database.dropDatabase();
  await client.close();
  await embedded?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

interface Thing {
  _id: ObjectId;
  key: string;
  group: number;
  state: string;
  dueAt: Date;
  text: string;
  count: number;
}

let made = 0;

function thing(): Thing {
  made += 1;
  return {
    _id: new ObjectId(),
    key: `key-${made}`,
    group: made % 500,
    state: 'waiting',
    dueAt: new Date(1_700_000_000_000 + ((made * 7919) % 1_000_000) * 1000),
    text: 'x'.repeat(350),
    count: 0,
  };
}

async function fill(things: Collection<Thing>, ceiling: number): Promise<ObjectId[]> {
  await things.createIndex({ key: 1 }, { unique: true });
  await things.createIndex({ group: 1, dueAt: 1 });
  await things.createIndex({ state: 1, dueAt: 1 });
  const ids: ObjectId[] = [];
  const begins = performance.now();
  while (ids.length < DOCUMENTS) {
    const batch = Array.from({ length: 1000 }, thing);
    ids.push(...batch.map(({ _id }) => _id));
    await things.insertMany(batch);
  }
  print('insertMany, documents', DOCUMENTS / ((performance.now() - begins) / 1000), ceiling);
  return ids;
}

async function measureOperations(things: Collection<Thing>, ids: ObjectId[], ceiling: number): Promise<void> {
  const any = () => Math.floor(Math.random() * ids.length);
  const figure = async (name: string, work: () => Promise<unknown>) =>
    print(name, await perSecond(work), ceiling);
  await figure('insertOne', () => things.insertOne(thing()));
  await figure('findOne by _id', () => things.findOne({ _id: ids[any()] as ObjectId }));
  await figure('findOne by unique key', () => things.findOne({ key: `key-${any() + 1}` }));
  await figure('findOneAndUpdate by unique key', () =>
    things.findOneAndUpdate({ key: `key-${any() + 1}` }, { $inc: { count: 1 } }),
  );
  await figure('claim by filter and sort', () =>
    things.findOneAndUpdate(
      { state: 'waiting', dueAt: { $lte: new Date() } },
      { $set: { state: 'claimed' } },
      { sort: { dueAt: 1 } },
    ),
  );
  await figure('find 20 by index and sort', () =>
    things
      .find({ group: any() % 500 })
      .sort({ dueAt: -1 })
      .limit(20)
      .toArray(),
  );
}

/** How often the work is done in a second by CALLERS callers at once. */
async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const begins = performance.now();
  const ends = begins + SECONDS * 1000;
  let done = 0;
  const caller = async () => {
    while (performance.now() < ends) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return done / ((performance.now() - begins) / 1000);
}

function print(name: string, figure: number, ceiling: number): void {
  const share = `${Math.round((figure / ceiling) * 100)} % of ping`;
  write(`${name.padEnd(34)}${String(Math.round(figure)).padStart(8)}/s ${share.padStart(16)}`);
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
process.exit(0);
