import { resolve } from 'node:path';
import { backUp } from './database/back-up.ts';
import { CannotStart } from './errors.ts';
import { runOnDatabase } from './run-on-database.ts';

/** `npm run backup -- <file>`: every collection in one file, while the program runs. */
await runOnDatabase(async (uri) => {
  const [file] = process.argv.slice(2);
  if (!file) throw new CannotStart('Name the file to write: npm run backup -- <file>');
  const { collections, documents, consistency } = await backUp(uri, resolve(file));
  return `${documents} documents of ${collections} collections are in ${file} (${consistency}). Keep the secret key, too, but not in the same place.`;
});
