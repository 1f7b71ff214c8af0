import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { startJobs } from '../../jobs/start.ts';
import { checkImport } from '../../server/actions/check-import.ts';
import { startImport } from '../../server/actions/start-import.ts';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { openLog } from '../../server/log.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import '../../server/models/index.ts';
import { Messages } from '../../server/models/message.ts';
import { openQueue } from '../../server/queue.ts';
import { openVault } from '../../server/vault.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember } from '../support/builders.ts';
import { brought, manyRows, rereadImport } from '../support/importing.ts';
import { aDelivery, aStage } from '../support/publishing.ts';
import { openServer } from './open-server.ts';

const ROWS = Number(process.argv[2] ?? 15_000);
const QUIET_MS = 10_000;
const PAGE_EVERY_MS = 50;
const POST_EVERY_MS = 1_000;
const PLACING_MS = 10_000;

/** Imports a file while people look at pages and posts go out, in one process as `npm start` does, and prints both. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-bench-'));
  const database = await startEmbeddedDatabase({ dataDir });
  await connectDatabase(database.uri);
  const config = readConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir });
  const log = openLog(config);
  const context: Context = {
    ...{ config, log, clock: systemClock, vault: openVault(join(dataDir, 'secret.key')), rehearsal: null },
    queue: await openQueue({ log, connection: mongoose.connection }),
    platforms: { x: acceptingPlatform() },
  };
  const jobs = await startJobs(context);
  const member = await aMember();
  const web = await openServer(context, member);
  const address = `http://127.0.0.1:${(web.server.address() as AddressInfo).port}/`;
  const observe = (work: Promise<unknown>) => observed(context, { address, headers: web.headers }, work);

  await observe(wait(2_000));
  print('nothing else', await observe(wait(QUIET_MS)));
  const settled = async (id: string) => {
    while (['checking', 'importing'].includes((await rereadImport(id)).state)) await wait(100);
  };
  for (const turn of ['first time', 'second time']) {
    const file = await brought(context, member, { content: manyRows(ROWS) });
    const { _id } = file;
    const settings = { ...file.settings, language: 'en' };
    const check = checkImport(context, member, { import: _id, settings }).then(() => settled(_id));
    print(`dry run, ${turn}`, await observe(check), ROWS);
    const start = startImport(context, member, { import: _id }).then(() => settled(_id));
    print(`import, ${turn}`, await observe(start), ROWS);
    const { state, counts } = await rereadImport(_id);
    write(`  ${state}: ${JSON.stringify(counts)}`);
  }
  web.server.closeAllConnections();
  web.server.close();
  await jobs.stop();
  await mongoose.disconnect();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

interface Observed {
  tookMs: number;
  pages: number[];
  /** From "publish now" to the network's answer. */
  posts: number[];
  /** Longest time for which this process did nothing else. */
  longestTurnMs: number;
  /** Processor time of this process, in milliseconds. */
  processorMs: number;
  /** The most memory that this process held, in bytes. */
  memory: number;
}

async function observed(
  context: Context,
  page: { address: string; headers: Record<string, string> },
  work: Promise<unknown>,
): Promise<Observed> {
  const begun = performance.now();
  const before = process.cpuUsage();
  let memory = 0;
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const pages: number[] = [];
  const looking = (async () => {
    while (!isOver) {
      const asked = performance.now();
      const answer = await fetch(page.address, { headers: page.headers });
      await answer.text();
      if (answer.status !== 200) throw new Error(`The page answered ${answer.status}.`);
      pages.push(performance.now() - asked);
      memory = Math.max(memory, process.memoryUsage.rss());
      await wait(PAGE_EVERY_MS);
    }
  })();
  const placed: { id: string; at: number }[] = [];
  const publishing = (async () => {
    while (!isOver) {
      const stage = await aStage(context);
      // Builders live in the year 2014; an approval so old places nothing new.
      await Messages.updateOne({ _id: stage.message._id }, { $set: { 'approval.at': new Date() } });
      // Times have minutes and no seconds: one that ends while a post is placed would be over.
      const dueAt = new Date(Date.now() + PLACING_MS);
      const { _id: id } = await aDelivery(context, stage, dueAt);
      placed.push({ id, at: Math.max(Date.now(), Math.floor(dueAt.getTime() / 60_000) * 60_000) });
      await wait(POST_EVERY_MS);
    }
  })();
  await over;
  const tookMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  await Promise.all([looking, publishing]);
  loop.disable();
  const posts = await Promise.all(placed.map(lateness));
  const processorMs = (user + system) / 1000;
  return { tookMs, pages, posts, longestTurnMs: loop.max / 1e6, processorMs, memory };
}

async function lateness({ id, at }: { id: string; at: number }): Promise<number> {
  for (;;) {
    const delivery = await Deliveries.findById(id).select('publishedAt').lean();
    if (delivery?.publishedAt) return Math.max(0, delivery.publishedAt.getTime() - at);
    await wait(50);
  }
}

function print(what: string, observed: Observed, rows = 0): void {
  const { tookMs, pages, posts, longestTurnMs, processorMs, memory } = observed;
  const shown = (times: number[]) =>
    `p50 ${at(times, 0.5)} p95 ${at(times, 0.95)} p99 ${at(times, 0.99)} max ${at(times, 1)} ms`;
  const rate = rows > 0 ? `, ${Math.round((rows * 1000) / tookMs)} rows/s` : '';
  const used = `${(processorMs / 1000).toFixed(1)} s of processor time, ${Math.round(memory / 2 ** 20)} MB`;
  write(`${what.padEnd(22)} ${(tookMs / 1000).toFixed(1)} s${rate}; this process: ${used}`);
  write(`  GET / (${pages.length})`.padEnd(24) + shown(pages));
  write(`  post out after (${posts.length})`.padEnd(24) + shown(posts));
  write(`${'  longest turn'.padEnd(24)}${Math.round(longestTurnMs)} ms`);
}

function at(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return String(
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN),
  );
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
process.exit();
