import type { HydratedDocument } from 'mongoose';
import type { Import } from '../domain/import.ts';
import { NotFound } from '../errors.ts';
import { Imports } from '../models/import.ts';

/** An import to change. Throws NotFound; saving it throws VersionError when somebody else was faster. */
export async function findImport(id: string): Promise<HydratedDocument<Import>> {
  const found = await Imports.findById(id);
  if (!found) throw new NotFound('There is no such import.');
  return found;
}
