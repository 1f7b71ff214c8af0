import { resolve } from 'node:path';
import { readConfig } from './config.ts';
import { backUp } from './database/back-up.ts';
import { reachDatabase } from './database/open.ts';
import { CannotStart } from './errors.ts';
import { openLog } from './log.ts';

/** `npm run backup -- <file>`: every collection in one file, while the program runs. */
try {
  const [file] = process.argv.slice(2);
  if (!file) throw new CannotStart('Name the file to write: npm run backup -- <file>');
  const config = readConfig();
  const database = await reachDatabase(config, openLog(config));
  try {
    const { collections, documents, consistency } = await backUp(database.uri, resolve(file));
    process.stdout.write(
      `${documents} documents of ${collections} collections are in ${file} (${consistency}). Keep the secret key, too, but not in the same place.\n`,
    );
  } finally {
    await database.stop();
  }
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
