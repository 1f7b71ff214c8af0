import type { Context } from '../context.ts';
import { stateAfter } from '../domain/import.ts';
import { ImportChunks } from '../models/import-chunk.ts';
import { type Actor, allow } from './allow.ts';
import { findImport } from './find-import.ts';
import { recordImport } from './record-import.ts';

/** Stops an import and forgets its file. What it has added stays until the import is undone. */
export async function cancelImport(context: Context, member: Actor, { import: id }: { import: string }) {
  allow(member, 'library.edit');
  const found = await findImport(id);
  const wasImporting = found.state === 'importing';
  found.set({
    state: stateAfter(found.state, 'cancel'),
    claimedBy: null,
    claimedUntil: null,
    finishedAt: context.clock.now(),
  });
  await found.save();
  if (wasImporting) await recordImport(context, found.toObject(), member._id);
  await ImportChunks.deleteMany({ import: id });
}
