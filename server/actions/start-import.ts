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
  await ImportBatches.deleteMany({ import: id });
  found.set({ state, run: found.run + 1, isForGood: true, readBytes: 0, counts: NO_COUNTS });
  await found.save();
  await context.queue.wakeImports();
}
