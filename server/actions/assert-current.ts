import { Conflict } from '../errors.ts';

/** Throws Conflict when the document was saved by somebody else since the form was opened. */
export function assertCurrent(document: { get(path: string): unknown }, version: number): void {
  if (document.get('version') === version) return;
  throw new Conflict('Somebody else saved this while you were writing. Nothing of yours is lost.');
}
