import type { Context } from '../context.ts';
import { type ImportEncoding, stateAfter } from '../domain/import.ts';
import { type Actor, allow } from './allow.ts';
import { findImport } from './find-import.ts';
import { readHead } from './read-head.ts';

/** Reads the beginning of a file anew, with its letters written another way. Throws what reading throws. */
export async function rereadImport(
  _context: Context,
  member: Actor,
  { import: id, encoding }: { import: string; encoding: ImportEncoding },
): Promise<void> {
  allow(member, 'library.edit');
  const found = await findImport(id);
  const state = stateAfter(found.state, 'reread');
  const head = await readHead({ _id: id, encoding, sizeBytes: found.sizeBytes, name: found.name });
  found.set({ encoding, ...head, state, failure: null });
  await found.save();
}
