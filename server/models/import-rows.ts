import type { FileRow } from '../domain/import/row.ts';
import type { Import, StoredFile } from '../domain/import.ts';
import { csvRows } from './csv-rows.ts';
import { readText, type TextPiece } from './file-text.ts';
import { jsonRows } from './json-rows.ts';

export interface RowOfFile {
  row: FileRow;
  /** How many bytes of the file are read with it. */
  readBytes: number;
}

/** The rows of a stored file, in order. Throws RuleViolation when the file cannot be read, with the line where it ends. */
export async function* readRows(file: StoredFile & Pick<Import, 'container'>): AsyncGenerator<RowOfFile> {
  let readBytes = 0;
  const pieces = (async function* watched(): AsyncGenerator<TextPiece> {
    for await (const piece of readText(file)) {
      ({ readBytes } = piece);
      yield piece;
    }
  })();
  const rows = file.container === 'json' ? jsonRows(pieces) : csvRows(pieces);
  for await (const row of rows) yield { row, readBytes };
}

/** The first rows of a stored file. */
export async function firstRows(
  file: StoredFile & Pick<Import, 'container'>,
  most: number,
): Promise<FileRow[]> {
  const first: FileRow[] = [];
  for await (const { row } of readRows(file)) {
    first.push(row);
    if (first.length === most) break;
  }
  return first;
}
