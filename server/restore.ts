import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { reachDatabase } from './database/open.ts';
import { restore } from './database/restore.ts';
import { CannotStart } from './errors.ts';
import { openLog } from './log.ts';

/** `npm run restore -- <file> [--replace]`: brings a backup back while pages and jobs are stopped. */
try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (!file) throw new CannotStart('Name the file to read: npm run restore -- <file> [--replace]');
  const config = readConfig();
  const database = await reachDatabase(config, openLog(config));
  try {
    const { collections, documents } = await restore(database.uri, resolve(file), values);
    process.stdout.write(`${documents} documents of ${collections} collections are back.\n`);
  } finally {
    await database.stop();
  }
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
