import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Network } from '../../server/domain/network.ts';
import { startRehearsal } from '../../server/rehearsal/start.ts';
import { openVault } from '../../server/vault.ts';
import { crashNetwork } from './crash-networks.ts';
import { placePosts } from './place-posts.ts';
import { isEverythingSettled, judgePublishing, type PublishingVerdict } from './publishing-verdict.ts';
import { until } from './until.ts';
import { killWorker, launchWorker, startedWorker } from './worker-process.ts';

export interface CrashRunOptions {
  databaseUri: string;
  /** The same crashes for all of them. */
  networks: readonly Network[];
  /** On each network. */
  posts: number;
  kills: number;
  /** Posts are due over this long. */
  overMs: number;
  timeoutMs: number;
}

/** What each network's ledger says, and how long all of it took. */
export type CrashFigures = Partial<Record<Network, PublishingVerdict & { posts: number; kills: number }>> & {
  seconds: number;
};

/** An account waits while its last post is unclear: with few, most kills of a long run would meet nobody sending. */
const FEWEST_ACCOUNTS = 12;

/**
 * Publishes on stand-ins for networks while the worker is killed again and again (SIGKILL) at random moments.
 * Needs mongoose connected to the same database.
 */
export async function crashRun(options: CrashRunOptions): Promise<CrashFigures> {
  const { databaseUri, networks, posts, kills, overMs, timeoutMs } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-crash-'));
  const secretKeyFile = join(dataDir, 'secret.key');
  const rehearsal = await startRehearsal({ dataDir });
  const vault = openVault(secretKeyFile);
  const began = performance.now();
  try {
    for (const [index, network] of networks.entries()) {
      const stage = crashNetwork(rehearsal, network);
      stage.lift();
      const accounts = Math.max(FEWEST_ACCOUNTS, Math.round(posts / 100));
      await placePosts(stage, vault, { network, posts, overMs, from: index * posts, accounts });
    }
    const start = () => launchWorker({ databaseUri, rehearsalUrl: rehearsal.url, secretKeyFile });
    await killAgainAndAgain(start, options);
    const last = await start();
    await startedWorker(last);
    await until(isEverythingSettled, { timeoutMs, what: 'every delivery settled' });
    await killWorker(last);
    const figures: CrashFigures = { seconds: Math.round((performance.now() - began) / 100) / 10 };
    for (const network of networks) {
      const verdict = await judgePublishing(network, posts, rehearsal[network].ledger().posts);
      figures[network] = { posts, kills, ...verdict };
    }
    return figures;
  } finally {
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Every kill comes at a random moment: every third while the worker is still starting, the others while it runs. */
async function killAgainAndAgain(
  start: () => Promise<ChildProcess>,
  { kills, overMs }: CrashRunOptions,
): Promise<void> {
  const longestMs = Math.max(overMs / Math.max(kills, 1), 300);
  for (let count = 0; count < kills; count += 1) {
    const child = await start();
    if (count % 3 !== 2) await startedWorker(child);
    const killAt = performance.now() + Math.random() * longestMs;
    await until(() => performance.now() >= killAt, { timeoutMs: longestMs + 10_000 });
    await killWorker(child);
  }
}
