import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const USER = 'rejoinder';

/** The one account of an embedded database: random, made once per data directory, readable by its owner only. */
export interface Credential {
  readonly user: string;
  readonly password: string;
}

export function openCredential(directory: string): Credential {
  const file = join(directory, 'credential');
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return { user: USER, password: readFileSync(file, 'utf8').trim() };
}

/** The complete address, usable by every driver. One machine, one server: no retryable writes, no discovery. */
export function addressOf({ user, password }: Credential, port: number): string {
  const options = 'authSource=admin&authMechanism=SCRAM-SHA-256&directConnection=true&retryWrites=false';
  return `mongodb://${user}:${password}@127.0.0.1:${port}/rejoinder?${options}`;
}
