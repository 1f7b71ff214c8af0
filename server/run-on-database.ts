import { type Config, readConfig } from './config.ts';
import { reachDatabase } from './database/open.ts';
import { CannotStart } from './errors.ts';
import { openLog } from './log.ts';

/**
 * Runs a command on the database that runs, or on the embedded one, started for as long as it takes, and prints
 * what it says. What keeps it from working is printed as a sentence, with exit code 1.
 */
export async function runOnDatabase(work: (uri: string, config: Config) => Promise<string>): Promise<void> {
  try {
    const config = readConfig();
    const database = await reachDatabase(config, openLog(config));
    try {
      process.stdout.write(`${await work(database.uri, config)}\n`);
    } finally {
      await database.stop();
    }
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
