import { columnKey, isPersonal } from '../domain/import/fields.ts';
import { recogniseFormat } from '../domain/import/formats.ts';
import type { Import, StoredFile } from '../domain/import.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { readText } from '../models/file-text.ts';
import { firstRows } from '../models/import-rows.ts';

/** Rows of which the columns are taken: a list of objects may leave out what is empty. */
const HEAD_ROWS = 20;

type Head = Pick<Import, 'container' | 'columns' | 'format' | 'settings'>;

/**
 * What the beginning of a stored file says about all of it. Throws `import-no-rows`, and everything that reading
 * throws when the beginning cannot be read.
 */
export async function readHead(file: StoredFile & Pick<Import, 'name'>): Promise<Head> {
  const container = await containerOf(file);
  const rows = await firstRows({ ...file, container }, HEAD_ROWS);
  const columns = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))];
  if (columns.every((column) => columnKey(column) === ''))
    throw new RuleViolation('import-no-rows', 'There are no rows in this file.', { field: 'file' });
  const { format, mapping, collection } = recogniseFormat(columns.filter((column) => !isPersonal(column)));
  const ownName = file.name.replace(/\.[a-z]{1,5}$/i, '');
  return {
    container,
    columns,
    format,
    settings: { mapping, language: '', severity: 3, collection: collection || ownName },
  };
}

async function containerOf(file: StoredFile): Promise<'csv' | 'json'> {
  for await (const { text } of readText(file)) return /^\s*[[{]/.test(text) ? 'json' : 'csv';
  return 'csv';
}
