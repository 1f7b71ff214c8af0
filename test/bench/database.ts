import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Collection, MongoClient, ObjectId } from 'mongodb';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { measureAgenda } from './agenda.ts';
import { CALLERS, type Figure, measure, print } from './measure.ts';

const DOCUMENTS = 100_000;

/**
 * `npm run bench:database` measures the embedded database, or the server that MONGODB_URI names, each figure also as
 * a share of bare pings. `-- --only findOne` measures only what has that in its name.
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-bench-'));
  const embedded = process.env.MONGODB_URI ? undefined : await startEmbeddedDatabase({ dataDir });
  const uri = process.env.MONGODB_URI ?? embedded?.uri ?? '';
  const client = new MongoClient(uri, { maxPoolSize: CALLERS });
  const database = client.db(`bench_${process.pid}`);
  const ceiling = await measure(database, () => database.command({ ping: 1 }));
  print('ping (the ceiling)', ceiling, ceiling);
  if (operations.some(([name]) => isWanted(name)))
    await measureOperations(database.collection('things'), ceiling);
  if (isWanted('agenda')) await measureAgenda(uri, `bench_agenda_${process.pid}`, ceiling);
  await database.dropDatabase();
  await client.close();
  await embedded?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

const isWanted = (name: string) => name.includes(values.only);

interface Thing {
  _id: ObjectId;
  key: string;
  group: number;
  state: string;
  dueAt: Date;
  text: string;
  count: number;
}

type Things = Collection<Thing>;

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

const ids: ObjectId[] = [];
const any = () => Math.floor(Math.random() * DOCUMENTS);

const operations: [string, (things: Things) => Promise<unknown>][] = [
  ['insertOne', (things) => things.insertOne(thing())],
  ['findOne by _id', (things) => things.findOne({ _id: ids[any()] as ObjectId })],
  ['findOne by unique key', (things) => things.findOne({ key: `key-${any() + 1}` })],
  [
    'findOneAndUpdate by unique key',
    (things) => things.findOneAndUpdate({ key: `key-${any() + 1}` }, { $inc: { count: 1 } }),
  ],
  [
    'claim by filter and sort',
    (things) =>
      things.findOneAndUpdate(
        { state: 'waiting', dueAt: { $lte: new Date() } },
        { $set: { state: 'claimed' } },
        { sort: { dueAt: 1 } },
      ),
  ],
  [
    'find 20 by index and sort',
    (things) =>
      things
        .find({ group: any() % 500 })
        .sort({ dueAt: -1 })
        .limit(20)
        .toArray(),
  ],
];

async function measureOperations(things: Things, ceiling: Figure): Promise<void> {
  await fill(things, ceiling);
  for (const [name, work] of operations)
    if (isWanted(name)) print(name, await measure(things.db, () => work(things)), ceiling);
}

async function fill(things: Things, ceiling: Figure): Promise<void> {
  await things.createIndex({ key: 1 }, { unique: true });
  await things.createIndex({ group: 1, dueAt: 1 });
  await things.createIndex({ state: 1, dueAt: 1 });
  const begins = performance.now();
  while (ids.length < DOCUMENTS) {
    const batch = Array.from({ length: 1000 }, thing);
    ids.push(...batch.map(({ _id }) => _id));
    await things.insertMany(batch);
  }
  const rate = DOCUMENTS / ((performance.now() - begins) / 1000);
  print('insertMany, documents', { rate, serverMicroseconds: undefined }, ceiling);
}

await main();
process.exit(0);
