import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Network } from './domain/network.ts';
import type { PublishingTimes } from './domain/publishing-times.ts';
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
  /** How long publishing waits for what; the usual times when not set. */
  readonly publishingTimes?: PublishingTimes;
  /** Where the stand-in for each network answers; null when the real networks are used. */
  readonly rehearsal: Readonly<Record<Network, string>> | null;
  /** Networks that this installation has an adapter for. */
  readonly platforms: Readonly<Partial<Record<Network, Platform>>>;
}
