import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { NO_COUNTS, stateAfter } from '../domain/import.ts';
import { ImportBatches } from '../models/import-batch.ts';
import { type Actor, allow } from './allow.ts';
import { findImport } from './find-import.ts';

/** Has a file that was checked added to the library. */
export async function startImport(context: Context, member: Actor, { import: id }: { import: string }) {
  allow(member, 'library.edit');
  const found = await findImport(id);
  const state = stateAfter(found.state, 'import');
  found.set({ state, run: found.run + 1, isForGood: true, readBytes: 0, counts: NO_COUNTS, attempts: 0 });
  await found.save();
  // Afterwards, and those of earlier runs alone: whoever was slower must not take away what this run writes.
  await ImportBatches.deleteMany({ import: id, run: trusted({ $lt: found.run }) });
  await context.queue.wakeImports();
}
