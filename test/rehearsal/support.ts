import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type IClientSettings,
  TwitterApi,
  type TwitterApiOAuth2Init,
  type TwitterApiTokens,
} from 'twitter-api-v2';
import { type Rehearsal, type RehearsalOptions, startRehearsal } from '../../server/rehearsal/start.ts';
import type { XCredentials } from '../../server/rehearsal/x/network.ts';

/** Leads https requests to the real hosts to the stand-in, as plain HTTP with their own Host header. */
class RehearsalAgent extends Agent {
  readonly #port: number;

  constructor(port: number) {
    super({ keepAlive: true });
    this.#port = port;
  }

  override createConnection() {
    return connect(this.#port, '127.0.0.1');
  }
}

export interface OpenRehearsal {
  dataDir: string;
  readonly current: Rehearsal;
  oauth1(credentials: XCredentials): TwitterApi;
  oauth2(credentials: XCredentials): TwitterApi;
  /** A client that knows the app only. */
  app(): TwitterApi;
  with(
    tokens: TwitterApiTokens | TwitterApiOAuth2Init | string,
    settings?: Partial<IClientSettings>,
  ): TwitterApi;
  reopen(options?: Partial<RehearsalOptions>): Promise<Rehearsal>;
}

/** Gives each test of a suite a fresh rehearsal network in a folder of its own. */
export function useRehearsal(options: Partial<RehearsalOptions> = {}): OpenRehearsal {
  let current: Rehearsal;
  const agents: Agent[] = [];
  const open: OpenRehearsal = {
    dataDir: '',
    get current() {
      return current;
    },
    with(tokens, settings) {
      const httpAgent = new RehearsalAgent(current.port);
      agents.push(httpAgent);
      return new TwitterApi(tokens as never, { ...settings, httpAgent });
    },
    oauth1: ({ oauth1 }) => open.with(oauth1),
    oauth2: ({ oauth2 }) => open.with(oauth2.accessToken),
    app: () => open.with({ clientId: current.x.app().clientId, clientSecret: current.x.app().clientSecret }),
    async reopen(others = {}) {
      await current.stop();
      current = await startRehearsal({ dataDir: open.dataDir, ...options, ...others });
      return current;
    },
  };
  beforeEach(async () => {
    open.dataDir = mkdtempSync(join(tmpdir(), 'rehearsal-'));
    current = await startRehearsal({ dataDir: open.dataDir, ...options });
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.destroy();
    await current.stop();
    rmSync(open.dataDir, { recursive: true, force: true });
  });
  return open;
}

/** The error that a promise ends with; fails when it does not. */
export async function errorOf<Thrown = Error & Record<string, unknown>>(
  promise: Promise<unknown>,
): Promise<Thrown> {
  try {
    await promise;
  } catch (error) {
    return error as Thrown;
  }
  throw new Error('expected a refusal');
}

/** A picture of one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
