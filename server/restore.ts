import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { connectToLook } from './database/connect.ts';
import { restore } from './database/restore.ts';
import { CannotStart } from './errors.ts';
import { keyTrouble } from './fitting-vault.ts';
import { keyStanding } from './queries/key-standing.ts';
import { runOnDatabase } from './run-on-database.ts';
import { openVault } from './vault.ts';

/** `npm run restore -- <file> [--replace]`: brings a backup back while pages and jobs are stopped. */
await runOnDatabase(async (uri, config) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (!file) throw new CannotStart('Name the file to read: npm run restore -- <file> [--replace]');
  const { collections, documents } = await restore(uri, resolve(file), values);
  return [
    `${documents} documents of ${collections} collections are back.`,
    ...(await aboutKey(uri, config)),
  ].join('\n');
});

/** Credentials and trail came back closed: whether the key that opens them is here has to be said now. */
async function aboutKey(uri: string, { secretKeyFile }: { secretKeyFile: string }): Promise<string[]> {
  const { disconnect } = await connectToLook(uri);
  try {
    const standing = await keyStanding(existsSync(secretKeyFile) ? openVault(secretKeyFile) : null);
    const trouble = keyTrouble(standing, secretKeyFile);
    if (trouble) return ['', `${trouble.what}.`, trouble.advice];
    return standing === 'fits' ? ['The secret key that it was written under is here.'] : [];
  } finally {
    await disconnect();
  }
}
