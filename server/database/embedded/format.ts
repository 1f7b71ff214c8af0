import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The number of the way data is laid out on disk. */
export const FORMAT = 1;

/** Steps of an upgrade: the one under n turns data of format n into format n + 1, before the data is opened. */
type Upgrades = Readonly<Record<number, (directory: string) => void>>;

const upgrades: Upgrades = {};

/**
 * Prepares data of an earlier format, step by step, each marked when it is done. Throws when a later version
 * wrote the data, when no step leads here, and when the data file of a marked directory is gone.
 */
export function checkFormat(directory: string, current = FORMAT, steps = upgrades): void {
  const file = formatFile(directory);
  if (!existsSync(file)) return;
  let found = Number(readFileSync(file, 'utf8'));
  for (; found < current && steps[found]; found += 1) {
    steps[found]?.(directory);
    writeMark(directory, found + 1);
  }
  if (found !== current)
    throw new Error(
      `The data in this directory has format ${found}, but this version reads format ${current}. Start the version of the program that wrote it, or restore a backup into a new directory.`,
    );
  if (sizeOf(join(directory, 'data.mdb')) === 0)
    throw new Error(
      'The data file of the database is missing or empty, although there was one. Put it back, or restore a backup into a new directory.',
    );
}

/** Whether an embedded database was ever opened in this data directory. */
export function holdsDatabase(dataDir: string): boolean {
  return existsSync(formatFile(join(dataDir, 'database')));
}

/** Marks a new directory with the data format, once its data file is there. */
export function markFormat(directory: string): void {
  if (!existsSync(formatFile(directory))) writeMark(directory, FORMAT);
}

function writeMark(directory: string, format: number): void {
  const file = formatFile(directory);
  writeFileSync(`${file}.new`, `${format}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function formatFile(directory: string): string {
  return join(directory, 'format');
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
