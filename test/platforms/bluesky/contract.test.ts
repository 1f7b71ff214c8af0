import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBluesky } from '../../../server/platforms/bluesky/open.ts';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import { startRehearsal } from '../../../server/rehearsal/start.ts';
import { keepsTheContract } from '../contract.ts';
import { closedPort, type Rehearsed, TIMEOUT_MS, threeDaysAgo, toFault } from '../rehearsed.ts';

const ENDPOINTS = {
  publish: 'putRecord',
  withdraw: 'deleteRecord',
  read: 'getRecord',
  upload: 'uploadBlob',
} as const;

keepsTheContract('Bluesky', async (): Promise<Rehearsed> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-rehearsal-'));
  const { url, bluesky, stop } = await startRehearsal({ dataDir, speed: 1 });
  const nobody = await closedPort();
  let accounts = 0;
  return {
    platform: openBluesky({ agent: new RehearsalAgent(url), pagesAt: url, timeoutMs: TIMEOUT_MS }),
    unreachable: openBluesky({
      agent: new RehearsalAgent(`http://127.0.0.1:${nobody}`),
      timeoutMs: TIMEOUT_MS,
    }),
    async openAccount() {
      accounts += 1;
      const keys = await bluesky.registerAccount({ username: `comehome-${accounts}`, name: 'Come Home' });
      return { credential: { ...keys.session, remoteId: keys.did }, handle: keys.handle };
    },
    strike: (request, fault) => bluesky.setFaults([{ endpoint: ENDPOINTS[request], ...toFault(fault) }]),
    calm: () => bluesky.clearFaults(),
    ledgerOf: (handle) => bluesky.ledger(handle).posts,
    publishInThePast: (username, text) =>
      bluesky.publishBackdated({ username, text, createdAt: threeDaysAgo() }),
    async stop() {
      await stop();
      rmSync(dataDir, { recursive: true });
    },
  };
});
