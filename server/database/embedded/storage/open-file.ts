import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';

const DAMAGED =
  'The data file of the database is damaged or was cut short, and was not opened. Restore a backup into a new directory.';

/**
 * Opens the data file, or makes it. Throws with a sentence for people when it is no data file, or shorter than
 * its own head says: pages that are not there would end the process when they are read.
 */
export function openFile(directory: string): RootDatabase<Buffer, Buffer> {
  const file = join(directory, 'data.mdb');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < lengthWanted(file)) throw new Error(DAMAGED);
  // Without overlapping syncs a commit is on disk before the next one begins, as in plain LMDB.
  return open({
    ...{ path: directory, noSubdir: false, maxDbs: 8, overlappingSync: false },
    ...{ keyEncoding: 'binary', encoding: 'binary' },
  });
}

/** Places in the head pages of lmdb 3's files (MDB_meta behind a page header of 24 bytes), in bytes. */
const HEAD = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, length: 160 };
const MAGIC = 0xbeefc0de;

/** How long the file must be at least, as the newer of its two heads says; Infinity when it has none. */
function lengthWanted(file: string): number {
  const first = readHead(file, 0);
  const pageSize = first?.readUInt32LE(HEAD.pageSize) ?? 4096;
  const heads = [first, readHead(file, pageSize)].filter((head) => head !== undefined);
  if (heads.length === 0) return Number.POSITIVE_INFINITY;
  const newer = heads.reduce((a, b) => (transactionOf(b) > transactionOf(a) ? b : a));
  return (Number(newer.readBigUInt64LE(HEAD.lastPage)) + 1) * pageSize;
}

const transactionOf = (head: Buffer) => head.readBigUInt64LE(HEAD.transaction);

function readHead(file: string, position: number): Buffer | undefined {
  const head = Buffer.alloc(HEAD.length);
  const descriptor = openSync(file, 'r');
  try {
    const read = readSync(descriptor, head, 0, HEAD.length, position);
    return read === HEAD.length && head.readUInt32LE(HEAD.magic) === MAGIC ? head : undefined;
  } finally {
    closeSync(descriptor);
  }
}
