import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Delivery, isFinal, PERSON_STATES } from '../../server/domain/delivery.ts';
import type { Network } from '../../server/domain/network.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { type Rehearsal, startRehearsal } from '../../server/rehearsal/start.ts';
import { openVault } from '../../server/vault.ts';
import { crashNetwork } from './crash-networks.ts';
import { placePosts } from './place-posts.ts';
import { until } from './until.ts';

export interface CrashRunOptions {
  databaseUri: string;
  network: Network;
  posts: number;
  kills: number;
  /** Posts are due over this long. */
  overMs: number;
  timeoutMs: number;
}

/** Judged by the network's own ledger. */
export interface CrashFigures {
  posts: number;
  kills: number;
  published: number;
  /** Deliveries that wait for a person: nothing is lost, but it was not settled alone. */
  withPerson: number;
  /** Neither on the network nor on anybody's list. */
  lost: number;
  /** On the network more than once. */
  doubled: number;
  seconds: number;
}

const WORKER = fileURLToPath(new URL('./crash-worker.ts', import.meta.url));

/**
 * Publishes on the stand-in for a network while the worker is killed again and again (SIGKILL) at random moments.
 * Needs mongoose connected to the same database.
 */
export async function crashRun(options: CrashRunOptions): Promise<CrashFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-crash-'));
  const keyFile = join(dataDir, 'secret.key');
  const rehearsal = await startRehearsal({ dataDir });
  const stage = crashNetwork(rehearsal, options.network);
  stage.lift();
  const began = performance.now();
  try {
    const { network, posts, overMs } = options;
    await placePosts(stage, openVault(keyFile), { network, posts, overMs });
    const start = () => launch([options.databaseUri, rehearsal.url, keyFile]);
    await killAgainAndAgain(start, options);
    const last = await started(start());
    await until(isSettled, { timeoutMs: options.timeoutMs, what: 'every delivery settled' });
    await kill(last);
    return await judge(options, rehearsal, (performance.now() - began) / 1000);
  } finally {
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function launch(addresses: string[]): ChildProcess {
  return fork(WORKER, addresses, { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
}

async function started(child: ChildProcess): Promise<ChildProcess> {
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the worker did not start'))),
  ]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Every kill comes at a random moment: every third while the worker is still starting, the others while it runs. */
async function killAgainAndAgain(
  start: () => ChildProcess,
  { kills, overMs }: CrashRunOptions,
): Promise<void> {
  const longestMs = Math.max(overMs / Math.max(kills, 1), 300);
  for (let count = 0; count < kills; count += 1) {
    const child = start();
    if (count % 3 !== 2) await started(child);
    const killAt = performance.now() + Math.random() * longestMs;
    await until(() => performance.now() >= killAt, { timeoutMs: longestMs + 10_000 });
    await kill(child);
  }
}

async function isSettled(): Promise<boolean> {
  const deliveries = await Deliveries.find().select({ state: 1 }).lean<Delivery[]>();
  return deliveries.every(({ state }) => isFinal(state) || isWithPerson(state));
}

function isWithPerson(state: Delivery['state']): boolean {
  return (PERSON_STATES as readonly Delivery['state'][]).includes(state);
}

async function judge(
  { posts, kills, network }: CrashRunOptions,
  rehearsal: Rehearsal,
  seconds: number,
): Promise<CrashFigures> {
  const copies = new Map<string, number>();
  for (const { text } of rehearsal[network].ledger().posts) copies.set(text, (copies.get(text) ?? 0) + 1);
  const deliveries = await Deliveries.find().lean<Delivery[]>();
  const withPerson = deliveries.filter(({ state }) => isWithPerson(state)).length;
  const isLost = ({ text, state }: Delivery) => !copies.has(text) && !isWithPerson(state);
  return {
    posts,
    kills,
    published: deliveries.filter(({ state }) => state === 'published').length,
    withPerson,
    lost: posts - deliveries.length + deliveries.filter(isLost).length,
    doubled: [...copies.values()].filter((count) => count > 1).length,
    seconds: Math.round(seconds * 10) / 10,
  };
}
