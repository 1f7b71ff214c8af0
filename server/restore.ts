import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restore } from './database/restore.ts';
import { CannotStart } from './errors.ts';
import { runOnDatabase } from './run-on-database.ts';

/** `npm run restore -- <file> [--replace]`: brings a backup back while pages and jobs are stopped. */
await runOnDatabase(async (uri) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (!file) throw new CannotStart('Name the file to read: npm run restore -- <file> [--replace]');
  const { collections, documents } = await restore(uri, resolve(file), values);
  return `${documents} documents of ${collections} collections are back.`;
});
