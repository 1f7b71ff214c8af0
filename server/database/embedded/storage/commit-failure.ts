import { statfsSync } from 'node:fs';

/** With less room than this, a write that failed is taken to have failed for want of room, in bytes. */
const NO_ROOM = 4 * 1024 * 1024;

/** lmdb tells the cause of a failed commit through a promise of its own, and as "Input/output error" when short of room. */
interface CommitFailure extends Error {
  readonly commitError?: Promise<never>;
}

/** True for what lmdb throws when a commit failed: nothing of it was written. */
export function isCommitFailure(error: unknown): error is CommitFailure {
  return error instanceof Error && error.message.startsWith('Commit failed');
}

/** The sentence for a full disk when that is why the write failed; undefined for every other failure. */
export async function fullDisk(error: unknown, directory: string): Promise<string | undefined> {
  const cause = await causeOf(error);
  const { bavail, bsize } = statfsSync(directory);
  const isFull = /No space left|ENOSPC|MDB_MAP_FULL|File too large/i.test(cause);
  if (!isFull && !(/Input\/output error|Commit failed/i.test(cause) && bavail * bsize < NO_ROOM))
    return undefined;
  return `The disk is full, nothing was written: ${cause}. Make room on the disk of DATA_DIR and try again.`;
}

async function causeOf(error: unknown): Promise<string> {
  if (!isCommitFailure(error)) return String((error as Error).message ?? error);
  const told = error.commitError?.catch((cause: Error) => cause.message);
  return (await Promise.race([told, turnOf(error.message)])) ?? error.message;
}

/** The cause arrives in the same turn or never. */
function turnOf(message: string): Promise<string> {
  return new Promise((found) => setImmediate(found, message));
}
