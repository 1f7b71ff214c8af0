import { mkdirSync } from 'node:fs';
import mongoose from 'mongoose';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { connectDatabase } from './database/connect.ts';
import { openDatabase } from './database/open.ts';
import { CannotStart } from './errors.ts';
import { type KeyRule, openFittingVault } from './fitting-vault.ts';
import { openLog } from './log.ts';
import './models/index.ts';
import { openPlatforms } from './platforms/index.ts';
import { openQueue } from './queue.ts';
import type { Vault } from './vault.ts';

export interface ContextOptions {
  clock?: Clock;
  /** `npm start` starts the embedded database itself; every other process joins the running one. */
  startsDatabase?: boolean;
  /** Starts the rehearsal networks in this process, once the data directory is known to be ours; else the configured port is used. */
  startRehearsal?: () => Promise<{ url: string }>;
  /** What to do with a secret key that the database was not written under; it is refused when nothing is said. */
  secretKey?: KeyRule;
}

export type OpenContext = Context & AsyncDisposable;

/** Opens everything an action needs, in the order of its dependencies. Throws CannotStart with what to do. */
export async function openContext(config: Config, options: ContextOptions = {}): Promise<OpenContext> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const log = openLog(config);
  const clock = options.clock ?? systemClock;
  const database = await openDatabase(
    config,
    log.child({ room: 'database' }),
    options.startsDatabase ?? false,
  );
  let rehearsal: Context['rehearsal'] = null;
  let vault: Vault;
  try {
    await connect(database.uri);
    vault = await openFittingVault({ clock, config }, options.secretKey ?? 'must fit');
    if (config.rehearsal) {
      const { url } = (await options.startRehearsal?.()) ?? {
        url: `http://127.0.0.1:${config.rehearsalPort}`,
      };
      const { x = url, mastodon = url, bluesky = url } = config.rehearsalUrls;
      rehearsal = { x, mastodon, bluesky };
    }
  } catch (error) {
    await mongoose.disconnect();
    await database.stop();
    throw error;
  }
  const queue = await openQueue({
    log: log.child({ room: 'queue' }),
    connection: mongoose.connection,
    // Pages and jobs in one process hear of each other at once; only a guest would have to be looked for.
    ...(options.startsDatabase ? { watchEveryMs: 250 } : {}),
  });

  return {
    config,
    log,
    clock,
    queue,
    vault,
    rehearsal,
    platforms: openPlatforms({ rehearsal }),
    async [Symbol.asyncDispose]() {
      await queue.stop();
      await mongoose.disconnect();
      await database.stop();
    },
  };
}

async function connect(uri: string): Promise<void> {
  try {
    await connectDatabase(uri);
  } catch (error) {
    throw new CannotStart(
      `The database does not answer (${(error as Error).message}). Check MONGODB_URI, or unset it to use the embedded one.`,
    );
  }
}
