import { existsSync } from 'node:fs';
import { markKey } from './actions/mark-key.ts';
import { replaceKey } from './actions/replace-key.ts';
import type { Context } from './context.ts';
import { CannotStart } from './errors.ts';
import { type KeyStanding, keyStanding } from './queries/key-standing.ts';
import { openVault, type Vault } from './vault.ts';

/** What to do with a secret key that does not fit the database: refuse it, go on under it, or only look. */
export type KeyRule = 'must fit' | 'replaces' | 'looks';

/**
 * Opens the vault for the connected database. A key is made only where no other is needed. Throws CannotStart, with
 * what to do, when the database was written under another key than the one that is here.
 */
export async function openFittingVault(
  { clock, config }: Pick<Context, 'clock' | 'config'>,
  rule: KeyRule,
): Promise<Vault> {
  const file = config.secretKeyFile;
  if (rule === 'must fit' && !existsSync(file)) refuseUnlessFits(await keyStanding(null), file);
  const vault = openVault(file);
  if (rule === 'looks') return vault;
  const standing = await keyStanding(vault);
  if (rule === 'replaces' && standing === 'other') await replaceKey({ clock, vault });
  else refuseUnlessFits(standing, file);
  await markKey({ clock, vault });
  // Another process may have marked the database under a key of its own in the same moment.
  refuseUnlessFits(await keyStanding(vault), file);
  return vault;
}

/** What is wrong with the key at this place; null when it fits. */
export function keyTrouble(standing: KeyStanding, file: string): { what: string; advice: string } | null {
  if (standing === 'fits' || standing === 'unused') return null;
  return {
    what:
      standing === 'missing'
        ? `The secret key of this database is not at ${file}`
        : `The secret key at ${file} is not the one that this database was written under`,
    advice:
      'Copy the file secret.key of the old installation to that place before you start, or point SECRET_KEY_FILE at it: only with it can accounts publish and the audit trail be verified. Should it be lost for good, "npm start -- --new-key" goes on under a new one; every account has to be connected again then.',
  };
}

function refuseUnlessFits(standing: KeyStanding, file: string): void {
  const trouble = keyTrouble(standing, file);
  if (trouble) throw new CannotStart(`${trouble.what}.\n${trouble.advice}`);
}
