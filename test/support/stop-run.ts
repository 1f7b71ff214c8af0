import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trusted } from 'mongoose';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import type { Context } from '../../server/context.ts';
import type { Account } from '../../server/domain/account.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import type { Network } from '../../server/domain/network.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { startRehearsal } from '../../server/rehearsal/start.ts';
import { openVault } from '../../server/vault.ts';
import { crashNetwork } from './crash-networks.ts';
import { openAccounts, placeOn } from './place-posts.ts';
import {
  isEverythingSettled,
  isSettled,
  judgePublishing,
  type PublishingVerdict,
} from './publishing-verdict.ts';
import { until } from './until.ts';
import { workerContext } from './worker-context.ts';
import { killWorker, launchWorker, startedWorker } from './worker-process.ts';

export interface StopRunOptions {
  databaseUri: string;
  network: Network;
  stops: number;
}

export interface StopFigures extends PublishingVerdict {
  posts: number;
  /** Each past the lease of what the worker held. */
  stops: number;
  /** Deliveries that a stopped worker was about to send or was sending, and that were taken from it meanwhile. */
  takenOver: number;
  seconds: number;
}

type Held = Pick<Delivery, '_id' | 'state' | 'fencingToken' | 'incarnation'>;

const ACCOUNTS = 12;
const POSTS_PER_STOP = 24;
/** Each request stays on its way for so long that a stop often meets one. */
const SLOW_MS = 60;
const WITHIN_MS = 60_000;
const SWEEP_EVERY_MS = 500;

type Sweep = () => Promise<void>;

/**
 * Publishes with two workers on the stand-in for a network. Again and again the one that is just sending is stopped
 * (SIGSTOP) until its lease is over and everything it held was taken from it, every second time until all of that is
 * settled elsewhere; then it goes on (SIGCONT) with what it believes. Needs mongoose connected to the same database.
 */
export async function stopRun({ databaseUri, network, stops }: StopRunOptions): Promise<StopFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-stop-'));
  const secretKeyFile = join(dataDir, 'secret.key');
  const rehearsal = await startRehearsal({ dataDir });
  const stage = crashNetwork(rehearsal, network);
  stage.lift();
  rehearsal[network].setFaults([{ kind: 'slow', delayMs: SLOW_MS }]);
  const vault = openVault(secretKeyFile);
  const began = performance.now();
  const workers = new Map<string, ChildProcess>();
  try {
    for (let count = 0; count < 2; count += 1) {
      const place = { databaseUri, rehearsalUrl: rehearsal.url, secretKeyFile };
      const worker = await launchWorker(place);
      workers.set(await startedWorker(worker), worker);
    }
    const accounts = await openAccounts(stage, vault, { network, accounts: ACCOUNTS });
    const sweep = sweeperOf(await workerContext(rehearsal.url, vault));
    const { posts, takenOver } = await stopAgainAndAgain({ workers, accounts, stops, sweep });
    await until(() => sweptAndThen(sweep, isEverythingSettled), { timeoutMs: WITHIN_MS });
    const verdict = await judgePublishing(network, posts, rehearsal[network].ledger().posts);
    return { posts, stops, takenOver, ...verdict, seconds: Math.round((performance.now() - began) / 1000) };
  } finally {
    for (const worker of workers.values()) await killWorker(worker);
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Stopping {
  workers: ReadonlyMap<string, ChildProcess>;
  accounts: readonly Account[];
  stops: number;
  sweep: Sweep;
}

async function stopAgainAndAgain({ workers, accounts, stops, sweep }: Stopping) {
  let [posts, takenOver] = [0, 0];
  for (let stop = 0; stop < stops; ) {
    await placeOn(accounts, { posts: POSTS_PER_STOP, overMs: 0, inMs: 0, from: posts });
    posts += POSTS_PER_STOP;
    const stopped = await stopSender(workers, sweep);
    if (!stopped) continue;
    const { worker, held } = stopped;
    const isEnough = stop % 2 === 0 ? isTaken : isSettled;
    try {
      await until(() => sweptAndThen(sweep, () => areAll(held, isEnough)), {
        timeoutMs: WITHIN_MS,
        what: 'everything of the stopped worker was taken over',
      });
    } finally {
      worker.kill('SIGCONT');
    }
    takenOver += held.length;
    stop += 1;
  }
  return { posts, takenOver };
}

/** Stops a worker that is sending, and says what it holds; null when all was sent before that succeeded. */
async function stopSender(workers: ReadonlyMap<string, ChildProcess>, sweep: Sweep) {
  let sender: string | null = null;
  await until(
    async () => {
      await sweep();
      sender = (await Deliveries.findOne({ state: 'sending' }).lean<Held>())?.incarnation ?? null;
      return sender !== null || (await isEverythingSettled());
    },
    { timeoutMs: WITHIN_MS, what: 'a worker sends' },
  );
  const worker = workers.get(sender ?? '');
  if (!worker) return null;
  worker.kill('SIGSTOP');
  const held = await Deliveries.find({
    incarnation: sender,
    state: trusted({ $in: ['claimed', 'sending'] }),
  }).lean<Held[]>();
  if (held.some(({ state }) => state === 'sending')) return { worker, held };
  worker.kill('SIGCONT');
  return null;
}

/** A third process that sweeps as every worker does, at most twice a second. */
function sweeperOf(context: Context): Sweep {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - last < SWEEP_EVERY_MS) return;
    await sweepDeliveries(context);
    last = performance.now();
  };
}

async function sweptAndThen(sweep: Sweep, isTrue: () => Promise<boolean>): Promise<boolean> {
  await sweep();
  return isTrue();
}

async function areAll(
  held: readonly Held[],
  isEnough: (now: Held, before: Held) => boolean,
): Promise<boolean> {
  const ids = held.map(({ _id }) => _id);
  const now = await Deliveries.find({ _id: trusted({ $in: ids }) }).lean<Held[]>();
  return held.every((before) => {
    const found = now.find(({ _id }) => _id === before._id);
    return found !== undefined && isEnough(found, before);
  });
}

const isTaken = (now: Held, before: Held) =>
  now.fencingToken !== before.fencingToken || !['claimed', 'sending'].includes(now.state);
