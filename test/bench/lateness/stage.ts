import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { connectDatabase } from '../../../server/database/connect.ts';
import { startEmbeddedDatabase } from '../../../server/database/embedded/start.ts';
import type { Account } from '../../../server/domain/account.ts';
import '../../../server/models/index.ts';
import { openVault, type Vault } from '../../../server/vault.ts';
import type { CrashNetwork } from '../../support/crash-networks.ts';
import { openAccounts } from '../../support/place-posts.ts';
import { startTalker, type Talker } from './talk.ts';

const LOOK_EVERY_MS = 1_000;

/** Everything that a measurement needs, each in a process of its own. */
export interface Stage {
  network: Talker;
  vault: Vault;
  accounts: Account[];
  /** Starts one of this folder's scripts that publish. */
  start(script: './worker.ts' | './agenda.ts'): Promise<Talker>;
  /** When the posts from this number on were received; waits until so many are there, or the time is over. */
  received(from: number, count: number, endsAt: number): Promise<Map<string, number>>;
  countReceived(): Promise<number>;
  stop(): Promise<void>;
}

/** The database is the embedded one, or what MONGODB_URI names. */
export async function openStage({
  accounts: count,
  answerMs,
}: {
  accounts: number;
  answerMs: number;
}): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-lateness-'));
  const embedded = process.env.MONGODB_URI
    ? null
    : await startEmbeddedDatabase({ dataDir: join(dataDir, 'db') });
  const address = new URL(process.env.MONGODB_URI ?? embedded?.uri ?? '');
  address.pathname = `/lateness_${process.pid}`;
  if (address.username && !address.searchParams.has('authSource'))
    address.searchParams.set('authSource', 'admin');
  await connectDatabase(address.href);
  const keyFile = join(dataDir, 'secret.key');
  const vault = openVault(keyFile);
  const network = await startTalker('./network.ts', [dataDir, String(answerMs)]);
  const openAccount: CrashNetwork['openAccount'] = (username) => network.ask('openAccount', username);
  const accounts = await openAccounts({ openAccount }, vault, { network: 'x', accounts: count });
  const countReceived = () => network.ask<number>('countReceived');
  const started: Talker[] = [network];
  return {
    network,
    vault,
    accounts,
    countReceived,
    async start(script) {
      const talker = await startTalker(script, [address.href, network.hello, keyFile]);
      started.push(talker);
      return talker;
    },
    async received(from, wanted, endsAt) {
      // Seldom: whoever reads a ledger takes time from the network.
      while (Date.now() < endsAt && (await countReceived()) < from + wanted) await wait(LOOK_EVERY_MS);
      return new Map(await network.ask<[string, number][]>('received', from));
    },
    async stop() {
      for (const talker of started) await talker.stop().catch(() => undefined);
      await mongoose.connection.dropDatabase();
      await mongoose.disconnect();
      await embedded?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
