import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import { openX } from '../../../server/platforms/x/open.ts';
import { startRehearsal } from '../../../server/rehearsal/start.ts';
import { type ContractFault, keepsTheContract, type Rehearsed } from '../contract.ts';

const TIMEOUT_MS = 800;
const ENDPOINTS = { publish: 'createTweet', withdraw: 'deleteTweet', read: 'userTweets' } as const;
const DAYS_AGO = 3;

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
    copiesOf: (handle, text) =>
      x.ledger(handle).posts.filter((post) => post.text === text && post.deletedAt === null).length,
    publishInThePast: (username, text) =>
      x.publishBackdated({ username, text, createdAt: new Date(Date.now() - DAYS_AGO * 86_400_000) }),
    async stop() {
      await stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** A slow answer is one that comes after the adapter has stopped waiting. */
function toFault(fault: ContractFault) {
  return fault.kind === 'slow' ? { ...fault, delayMs: 2 * TIMEOUT_MS } : fault;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
