import type { Config } from '../config.ts';
import { CannotStart } from '../errors.ts';
import type { Log } from '../log.ts';
import { discoverEmbeddedDatabase } from './embedded/discover.ts';
import { startEmbeddedDatabase } from './embedded/start.ts';

export interface OpenedDatabase {
  uri: string;
  stop(): Promise<void>;
}

/**
 * The database this process is to use: the one in MONGODB_URI, else the embedded one of the data directory.
 * Only `npm start` starts the embedded one itself (`mayStart`); the others join the one that runs.
 * Throws CannotStart with what to do.
 */
export async function openDatabase(config: Config, log: Log, mayStart: boolean): Promise<OpenedDatabase> {
  if (config.mongodbUri) return { uri: config.mongodbUri, stop: async () => undefined };
  if (mayStart) return startOwn(config, log);
  const uri = await discoverEmbeddedDatabase(config.dataDir);
  if (!uri) {
    throw new CannotStart(
      `No database runs on ${config.dataDir}. Start one with "npm run database", or set MONGODB_URI.`,
    );
  }
  return { uri, stop: async () => undefined };
}

/** For a command of its own: the database that runs, else the embedded one, started for as long as it is needed. */
export async function reachDatabase(config: Config, log: Log): Promise<OpenedDatabase> {
  const running = config.mongodbUri ?? (await discoverEmbeddedDatabase(config.dataDir));
  return running ? { uri: running, stop: async () => undefined } : startOwn(config, log);
}

async function startOwn(config: Config, log: Log): Promise<OpenedDatabase> {
  try {
    return await startEmbeddedDatabase({
      dataDir: config.dataDir,
      port: config.databasePort,
      onLog: ({ level, message, detail }) => log[level]({ detail }, message),
    });
  } catch (error) {
    throw new CannotStart((error as Error).message);
  }
}
