import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createRehearsalApp } from './app.ts';
import { type BlueskyNetwork, createBlueskyNetwork } from './bluesky/network.ts';
import { openBlueskyWorld } from './bluesky/world.ts';
import { createMastodonNetwork, type MastodonNetwork } from './mastodon/network.ts';
import { openMastodonWorld } from './mastodon/world.ts';
import { createXNetwork, type XNetwork } from './x/network.ts';
import { openXWorld } from './x/world.ts';

export interface RehearsalOptions {
  dataDir: string;
  /** 0 or nothing lets the system choose. */
  port?: number;
  /** A loopback address; nothing else is accepted. */
  host?: string;
  /** The same seed makes the same audience. */
  seed?: string;
  /** How fast the audience lives; without it as fast as it did last, at first as people do. */
  speed?: number;
  /** Milliseconds since 1970; without it the machine's clock. */
  now?: () => number;
  /** Where the software under rehearsal lives, if not on this machine's own names. */
  appUrl?: string;
}

export interface Rehearsal {
  /** Without a slash at the end. */
  url: string;
  port: number;
  x: XNetwork;
  mastodon: MastodonNetwork;
  bluesky: BlueskyNetwork;
  stop(): Promise<void>;
}

const loopbacks = ['127.0.0.1', '::1', 'localhost'];

/**
 * Opens the stand-in networks on a port of their own. Throws when the address is not a loopback one, when the port
 * is taken, or when a journal is damaged.
 */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const host = options.host ?? '127.0.0.1';
  if (!loopbacks.includes(host))
    throw new Error(`The rehearsal listens on this machine only, not on ${host}.`);
  const server = createServer();
  await listen(server, options.port ?? 0, host);
  try {
    // The port is taken first: a second start must fail before it touches the journal of the first.
    return open(server, options, host);
  } catch (error) {
    server.close();
    throw error;
  }
}

function open(server: Server, options: RehearsalOptions, host: string): Rehearsal {
  const { appUrl, speed } = options;
  const shared = { seed: options.seed ?? 'rehearsal', speed, now: options.now ?? Date.now };
  const of = (network: string) => ({ ...shared, appUrl, dataDir: join(options.dataDir, network) });
  const worlds = {
    x: openXWorld(of('x')),
    mastodon: openMastodonWorld(of('mastodon')),
    bluesky: openBlueskyWorld(of('bluesky')),
  };
  const x = createXNetwork(worlds.x);
  const mastodon = createMastodonNetwork(worlds.mastodon);
  const bluesky = createBlueskyNetwork(worlds.bluesky);
  const app = createRehearsalApp({
    x: { world: worlds.x, network: x },
    mastodon: { world: worlds.mastodon, network: mastodon },
    bluesky: { world: worlds.bluesky, network: bluesky },
  });
  server.on('request', app);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${port}`,
    port,
    x,
    mastodon,
    bluesky,
    async stop() {
      await close(server);
      await Promise.all(Object.values(worlds).map(({ journal }) => journal.close()));
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
