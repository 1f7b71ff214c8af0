import { JSONParser } from '@streamparser/json';
import type { FileRow } from '../domain/import/row.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import type { TextPiece } from './file-text.ts';

type Cells = Record<string, string>;
interface Open {
  line: number;
  cells: Cells;
}

/**
 * The rows of a JSON file in any of the shapes that collections come in: a list of objects, an object of objects, a
 * list inside an object (`{"data": […]}`), or columns that hold a value per row. Throws `import-json-broken` with
 * the line and `import-json-shape` when there are no rows in it.
 */
export async function* jsonRows(pieces: AsyncIterable<TextPiece>): AsyncGenerator<FileRow> {
  const rows = new Map<string, Open>();
  const parser = new JSONParser({ paths: ['$.*.*'], keepStack: false });
  let line = 1;
  let entry = 0;
  let isByColumn = false;
  const cellsOf = (key: string): Cells => {
    const known = rows.get(key);
    if (known) return known.cells;
    const cells: Cells = {};
    rows.set(key, { line, cells });
    return cells;
  };
  parser.onValue = ({ value, key, stack }) => {
    const outer = stack[1]?.key;
    if (isRow(value)) Object.assign(cellsOf(`${outer}/${key}`), cellsFrom(value));
    else if (!isIndex(outer) && isIndex(key)) {
      isByColumn = true;
      cellsOf(String(key))[String(outer)] = cellText(value);
    } else cellsOf(String(outer))[String(key)] = cellText(value);
  };
  const failed = (): RuleViolation =>
    new RuleViolation('import-json-broken', `This is not JSON from line ${line} on.`, {
      field: 'file',
      values: { line },
    });
  parser.onError = () => {
    throw failed();
  };
  for await (const { text } of pieces) {
    const lines = text.split('\n');
    for (const [index, part] of lines.entries()) {
      if (index > 0) line += 1;
      parser.write(index < lines.length - 1 ? `${part}\n` : part);
    }
    // The row that is read last may not be complete yet; columns are complete in the end.
    while (!isByColumn && rows.size > 1) yield next();
  }
  if (!parser.isEnded) throw failed();
  if (rows.size + entry === 0)
    throw new RuleViolation('import-json-shape', 'There are no rows in this file.', { field: 'file' });
  while (rows.size > 0) yield next();

  function next(): FileRow {
    const [key, row] = rows.entries().next().value as [string, Open];
    rows.delete(key);
    entry += 1;
    return { line: row.line, entry, cells: row.cells };
  }
}

function isRow(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isIndex(key: unknown): boolean {
  return typeof key === 'number' || /^\d+$/.test(String(key));
}

function cellsFrom(row: object): Cells {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cellText(value)]));
}

/** Several values of one cell stand apart by semicolons, as in our own CSV. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
