import { statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';

const DAMAGED =
  'The data file of the database is damaged or was cut short, and was not opened. Restore a backup into a new directory.';

/**
 * Opens the data file, or makes it. Throws with a sentence for people when it is no data file, or shorter than
 * its own head says: pages that are not there would end the process when they are read.
 */
export function openFile(directory: string): RootDatabase<Buffer, Buffer> {
  const root = openChecked(directory);
  const { pageSize, lastPageNumber } = root.getStats() as { pageSize: number; lastPageNumber: number };
  const { size } = statSync(join(directory, 'data.mdb'));
  if (size >= (lastPageNumber + 1) * pageSize) return root;
  void root.close();
  throw new Error(DAMAGED);
}

function openChecked(directory: string): RootDatabase<Buffer, Buffer> {
  try {
    // Without overlapping syncs a commit is on disk before the next one begins, as in plain LMDB.
    return open({
      ...{ path: directory, noSubdir: false, maxDbs: 8, overlappingSync: false },
      ...{ keyEncoding: 'binary', encoding: 'binary' },
    });
  } catch (error) {
    if (/not an LMDB file|MDB_INVALID|MDB_CORRUPTED|MDB_VERSION|MDB_PAGE/i.test(String(error)))
      throw new Error(DAMAGED, { cause: error });
    throw error;
  }
}
