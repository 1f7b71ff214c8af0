import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serialize } from 'bson';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';

/**
 * `npm run bench:database-size` fills the embedded database with a million documents of about 500 bytes and prints its
 * memory and what other clients wait while one client streams all of them. Then it goes on filling until the documents
 * take a gigabyte, and prints how long a start takes over them, and over nothing. `-- --documents 200000` scans fewer,
 * `-- --gigabytes 0.2` starts over less, `-- --only start` leaves the scan out.
 */
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000000' },
    gigabytes: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    scan: { type: 'string' },
  },
});

const OTHERS = 8;
const QUIET_SECONDS = 5;
const STARTS = 5;
const PROGRAM = fileURLToPath(new URL('../../server/database/embedded/main.cjs', import.meta.url));

async function main(): Promise<void> {
  if (values.scan) return scan(values.scan);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-size-'));
  try {
    const begun = await measureScan(dataDir, Number(values.documents));
    await measureStarts(dataDir, begun);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Thing {
  _id: number;
  key: string;
  text: string;
  count: number;
}

/** Resolves to the size of all documents in the end, in bytes. */
async function measureScan(dataDir: string, documents: number): Promise<number> {
  const server = await startEmbeddedDatabase({ dataDir });
  const client = new MongoClient(server.uri, { maxPoolSize: OTHERS });
  const things = client.db('size').collection<Thing>('things');
  await things.createIndex({ key: 1 }, { unique: true });
  await fill(things, 0, documents);
  if (values.only !== 'start') {
    const quietEnds = performance.now() + QUIET_SECONDS * 1000;
    printWaits('alone', await useOthers(things, documents, () => performance.now() < quietEnds));
    await scanBesideOthers({ things, documents, uri: server.uri, pid: server.pid });
  }
  const size = serialize(thing(documents)).length;
  const wanted = Math.max(documents, Math.ceil((Number(values.gigabytes) * 1e9) / size));
  await fill(things, documents, wanted);
  await client.close();
  await server.stop();
  return wanted * size;
}

async function fill(things: Collection<Thing>, from: number, documents: number): Promise<void> {
  const begins = performance.now();
  let next = from;
  const filler = async () => {
    while (next < documents) {
      const first = next;
      next += 1000;
      await things.insertMany(
        Array.from({ length: Math.min(1000, documents - first) }, (_, i) => thing(first + i)),
      );
    }
  };
  await Promise.all([filler(), filler()]);
  write(`filled with ${documents - from} documents in ${((performance.now() - begins) / 1000).toFixed(1)} s`);
}

const thing = (_id: number): Thing => ({ _id, key: `key-${_id}`, text: 'x'.repeat(430), count: 0 });

interface Scene {
  things: Collection<Thing>;
  documents: number;
  uri: string;
  pid: number;
}

async function scanBesideOthers({ things, documents, uri, pid }: Scene): Promise<void> {
  // A process of its own: what it takes to read half a gigabyte is not to be counted as waiting for the server.
  const scanner = fork(fileURLToPath(import.meta.url), ['--scan', uri], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let isScanning = true;
  const ended = once(scanner, 'exit').then(() => {
    isScanning = false;
  });
  const largest = { rss: 0, anonymous: 0, heap: 0 };
  const samples = sampleWhile(() => isScanning, { database: things.db, pid, largest });
  const waits = await useOthers(things, documents, () => isScanning);
  await Promise.all([ended, samples]);
  printWaits('beside the scan', waits);
  const megabytes = (bytes: number) => `${Math.round(bytes / 1048576)} MB`;
  write(
    `largest memory of the server beside the scan: ${megabytes(largest.anonymous)} its own (RssAnon), of which`,
  );
  write(
    `  JavaScript heap ${megabytes(largest.heap)}; ${megabytes(largest.rss)} with the pages of the data file that`,
  );
  write('  the system keeps mapped and takes back when it needs room (VmRSS)');
}

async function scan(uri: string): Promise<void> {
  const client = new MongoClient(uri);
  const begins = performance.now();
  let count = 0;
  for await (const raw of client.db('size').collection('things', { raw: true }).find()) count += raw ? 1 : 0;
  write(`scanned ${count} documents in ${((performance.now() - begins) / 1000).toFixed(1)} s`);
  await client.close();
}

interface Sampled {
  database: Db;
  pid: number;
  /** The largest values so far, in bytes. */
  largest: { rss: number; anonymous: number; heap: number };
}

async function sampleWhile(goesOn: () => boolean, { database, pid, largest }: Sampled): Promise<void> {
  while (goesOn()) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) * 1024;
    largest.rss = Math.max(largest.rss, bytes('VmRSS'));
    largest.anonymous = Math.max(largest.anonymous, bytes('RssAnon'));
    const { extra_info: told } = await database.admin().serverStatus();
    largest.heap = Math.max(largest.heap, Number(told.heap_usage_bytes));
    await wait(100);
  }
}

/** Waits of the other clients, in milliseconds, ascending: three reads by _id to one insert. */
async function useOthers(
  things: Collection<Thing>,
  documents: number,
  goesOn: () => boolean,
): Promise<number[]> {
  const waits: number[] = [];
  const other = async () => {
    for (let turn = 0; goesOn(); turn += 1) {
      const begins = performance.now();
      if (turn % 4 === 3) await things.insertOne(thing(nextId()));
      else await things.findOne({ _id: Math.floor(Math.random() * documents) });
      waits.push(performance.now() - begins);
    }
  };
  await Promise.all(Array.from({ length: OTHERS }, other));
  return waits.sort((a, b) => a - b);
}

let lastId = 1e9;
const nextId = () => {
  lastId += 1;
  return lastId;
};

function printWaits(when: string, waits: readonly number[]): void {
  const at = (share: number) => (waits[Math.floor(waits.length * share)] ?? 0).toFixed(1);
  write(
    `other clients ${when}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(0.99999)} ms of ${waits.length}`,
  );
}

async function measureStarts(dataDir: string, bytes: number): Promise<void> {
  const empty = mkdtempSync(join(tmpdir(), 'rejoinder-empty-'));
  try {
    const { size } = statSync(join(dataDir, 'database', 'data.mdb'));
    const megabytes = (count: number) => `${Math.round(count / 1e6)} MB`;
    await printStarts(`${megabytes(bytes)} of documents (a data file of ${megabytes(size)})`, dataDir);
    await printStarts('nothing', empty);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

async function printStarts(over: string, dataDir: string): Promise<void> {
  const starts = [];
  for (let i = 0; i < STARTS; i += 1) starts.push(await startOnce(dataDir));
  const times = starts.map(({ wall }) => Math.round(wall)).sort((a, b) => a - b);
  const processor = Math.min(...starts.map((start) => start.processor));
  write(`start to listening over ${over}: ${times.join(', ')} ms, ${processor} ms of processor time`);
}

/** In milliseconds, as `npm run database` does it. */
async function startOnce(dataDir: string): Promise<{ wall: number; processor: number }> {
  const begins = performance.now();
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_PORT: '0', MONGODB_URI: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const printed of child.stdout) if (String(printed).includes('mongodb://')) break;
  const wall = performance.now() - begins;
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ');
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return { wall, processor: (Number(fields[13]) + Number(fields[14])) * 10 };
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
process.exit(0);
