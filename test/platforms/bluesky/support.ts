import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '../../../server/domain/credential.ts';
import { openBluesky } from '../../../server/platforms/bluesky/open.ts';
import type { Outcome, Platform, PublishRequest } from '../../../server/platforms/platform.ts';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import type { BlueskyNetwork } from '../../../server/rehearsal/bluesky/network.ts';
import { type Rehearsal, startRehearsal } from '../../../server/rehearsal/start.ts';

export interface OpenBluesky {
  readonly platform: Platform;
  readonly network: BlueskyNetwork;
  readonly url: string;
  readonly credential: Credential;
  readonly handle: string;
  /** The record that stands at an address, as the server keeps it. */
  recordAt(uri: string): Promise<{ cid: string; value: Record<string, unknown> }>;
}

/** The stand-in for the enclosing suite, with a fresh account for each test. */
export function useBluesky(): OpenBluesky {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-bluesky-'));
  let rehearsal: Rehearsal;
  let platform: Platform;
  let account: Awaited<ReturnType<BlueskyNetwork['registerAccount']>>;
  let accounts = 0;

  before(async () => {
    rehearsal = await startRehearsal({ dataDir, speed: 1 });
    platform = openBluesky({ agent: new RehearsalAgent(rehearsal.url), pagesAt: rehearsal.url });
  });
  beforeEach(async () => {
    accounts += 1;
    account = await rehearsal.bluesky.registerAccount({ username: `home-${accounts}`, name: 'Come Home' });
  });
  afterEach(() => rehearsal.bluesky.clearFaults());
  after(async () => {
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true });
  });
  return {
    get platform() {
      return platform;
    },
    get network() {
      return rehearsal.bluesky;
    },
    get url() {
      return rehearsal.url;
    },
    get credential() {
      return account.session;
    },
    get handle() {
      return account.handle;
    },
    async recordAt(uri) {
      const [, , repo = '', collection = '', rkey = ''] = uri.split('/');
      const query = new URLSearchParams({ repo, collection, rkey });
      const answer = await fetch(`${rehearsal.url}/xrpc/com.atproto.repo.getRecord?${query}`);
      return (await answer.json()) as { cid: string; value: Record<string, unknown> };
    },
  };
}

/** What was prepared; fails when it was not. */
export async function prepared(
  platform: Platform,
  credential: Credential,
  request: PublishRequest,
): Promise<string> {
  const outcome = await platform.prepare?.(credential, request);
  if (outcome?.kind !== 'prepared') throw new Error(JSON.stringify(outcome));
  return outcome.prepared;
}

/** The address of an accepted post; fails when it was not accepted. */
export function addressIn(outcome: Outcome): string {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.remoteId;
}
