import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Network } from './domain/network.ts';
import type { Log } from './log.ts';
import type { Platform } from './platforms/platform.ts';
import type { Queue } from './queue.ts';
import type { Vault } from './vault.ts';

/** What an action, a query or a route is handed: only what tests and seeds replace. */
export interface Context {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly vault: Vault;
  /** Networks that this installation has an adapter for. */
  readonly platforms: Readonly<Partial<Record<Network, Platform>>>;
}
