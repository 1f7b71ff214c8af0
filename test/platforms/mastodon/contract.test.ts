import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMastodon } from '../../../server/platforms/mastodon/open.ts';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import type { MakeInput } from '../../../server/rehearsal/mastodon/make.ts';
import { startRehearsal } from '../../../server/rehearsal/start.ts';
import { keepsTheContract } from '../contract.ts';
import { closedPort, type Rehearsed, TIMEOUT_MS, threeDaysAgo, toFault } from '../rehearsed.ts';

const ENDPOINTS = {
  publish: 'createStatus',
  withdraw: 'deleteStatus',
  read: 'accountStatuses',
  upload: 'uploadMedia',
} as const;

keepsTheContract('Mastodon', () => rehearseMastodon({}));
keepsTheContract('a server of another make that answers errors as pages and tells no limits', () =>
  rehearseMastodon({ errors: 'html', tellsLimits: false, readsTogether: false }),
);
keepsTheContract('a server that answers errors with nothing and prepares pictures later', () =>
  rehearseMastodon({ errors: 'empty', preparesLater: true }),
);

async function rehearseMastodon(make: MakeInput): Promise<Rehearsed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-rehearsal-'));
  const { url, mastodon, stop } = await startRehearsal({ dataDir, speed: 1 });
  mastodon.setMake(make);
  mastodon.setLimits({ media: null, deletions: null });
  const nobody = await closedPort();
  let accounts = 0;
  return {
    platform: openMastodon({
      agent: new RehearsalAgent(url),
      pagesAt: url,
      timeoutMs: TIMEOUT_MS,
      pollMs: 50,
    }),
    unreachable: openMastodon({
      agent: new RehearsalAgent(`http://127.0.0.1:${nobody}`),
      timeoutMs: TIMEOUT_MS,
    }),
    async openAccount() {
      accounts += 1;
      const keys = await mastodon.registerAccount({ username: `comehome_${accounts}`, name: 'Come Home' });
      const { credential, userId, username } = keys;
      return {
        credential: { ...credential, remoteId: userId },
        handle: `${username}@${credential.instance}`,
      };
    },
    strike: (request, fault) => mastodon.setFaults([{ endpoint: ENDPOINTS[request], ...toFault(fault) }]),
    calm: () => mastodon.clearFaults(),
    ledgerOf: (handle) => mastodon.ledger(nameOf(handle)).posts,
    publishInThePast: (handle, text) =>
      mastodon.publishBackdated({ username: nameOf(handle), text, createdAt: threeDaysAgo() }),
    async stop() {
      await stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

const nameOf = (handle: string) => handle.split('@')[0] ?? '';
