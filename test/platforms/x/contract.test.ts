import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import { openX } from '../../../server/platforms/x/open.ts';
import { startRehearsal } from '../../../server/rehearsal/start.ts';
import { keepsTheContract } from '../contract.ts';
import { closedPort, type Rehearsed, TIMEOUT_MS, threeDaysAgo, toFault } from '../rehearsed.ts';

const ENDPOINTS = {
  publish: 'createTweet',
  withdraw: 'deleteTweet',
  read: 'userTweets',
  upload: 'initializeMedia',
} as const;

keepsTheContract('X with typed-in keys', () => rehearseX('oauth1'));
keepsTheContract('X with tokens from its connect flow', () => rehearseX('oauth2'));

async function rehearseX(way: 'oauth1' | 'oauth2'): Promise<Rehearsed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-rehearsal-'));
  const { url, x, stop } = await startRehearsal({ dataDir, speed: 1 });
  const nobody = await closedPort();
  let accounts = 0;
  return {
    platform: openX({ agent: new RehearsalAgent(url), pagesAt: url, timeoutMs: TIMEOUT_MS }),
    unreachable: openX({ agent: new RehearsalAgent(`http://127.0.0.1:${nobody}`), timeoutMs: TIMEOUT_MS }),
    async openAccount() {
      accounts += 1;
      const keys = await x.registerAccount({ username: `comehome_${accounts}`, name: 'Come Home' });
      return { credential: { ...keys[way], remoteId: keys.userId }, handle: keys.username };
    },
    strike: (request, fault) => x.setFaults([{ endpoint: ENDPOINTS[request], ...toFault(fault) }]),
    calm: () => x.clearFaults(),
    ledgerOf: (handle) => x.ledger(handle).posts,
    publishInThePast: (username, text) => x.publishBackdated({ username, text, createdAt: threeDaysAgo() }),
    async stop() {
      await stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
