import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Document } from '../bson/codec.ts';
import { FORMAT, markFormat } from '../format.ts';
import type { Invocation } from './invocation.ts';

/** Where copies are made, beside the data; what a crash left there is removed at the next start. */
export const SNAPSHOTS = 'snapshots';

/**
 * This server's own command, behind `npm run backup`: copies the data file as of one instant while others go on
 * writing, and tells the directory, which is a data directory of its own. Whoever asked removes it.
 */
export async function rejoinderSnapshot({ runtime }: Invocation): Promise<Document> {
  const directory = resolve(SNAPSHOTS, randomUUID());
  const database = join(directory, 'database');
  mkdirSync(database, { recursive: true, mode: 0o700 });
  await runtime.engine.store.backup(database);
  markFormat(database);
  return { directory, format: FORMAT, ok: 1 };
}
