import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The number of the way data is laid out on disk. */
const FORMAT = 1;

/**
 * Marks a new directory with the data format, and refuses one written by a later version. A step that upgrades from
 * format n to n + 1 belongs here, run before the data is opened.
 */
export function checkFormat(directory: string): void {
  const file = join(directory, 'format');
  let found: number;
  try {
    found = Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    writeFileSync(file, `${FORMAT}\n`, { mode: 0o600 });
    return;
  }
  if (found === FORMAT) return;
  throw new Error(
    `The data in this directory has format ${found}, but this version reads format ${FORMAT}. Start the version of the program that wrote it, or restore a backup into a new directory.`,
  );
}
