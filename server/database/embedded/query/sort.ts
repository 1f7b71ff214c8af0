import type { Document } from '../bson/codec.ts';
import { compareValues } from '../bson/compare.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { valuesAlong } from '../bson/path.ts';
import { CommandError, notInSubset } from '../errors.ts';

export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** Reads a sort specification. Throws CommandError for directions other than 1 and -1. */
export function parseSort(sort: Document): SortField[] {
  return Object.entries(sort).map(([path, given]) => {
    if (typeof given === 'object' && given !== null && '$meta' in given)
      throw notInSubset('Sorting by $meta');
    const direction = isNumeric(given) ? toNumber(given) : given === true ? 1 : Number.NaN;
    if (direction !== 1 && direction !== -1)
      throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path, parts: path.split('.'), direction };
  });
}

/** The values a document is ordered by: of an array the smallest or, descending, the largest element. */
export function sortKey(document: Document, fields: readonly SortField[]): unknown[] {
  return fields.map(({ parts, direction }) => {
    const [first, ...others] = valuesAlong(document, parts);
    if (others.length === 0) return first;
    return others.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best), first);
  });
}

export function compareSortKeys(
  a: readonly unknown[],
  b: readonly unknown[],
  fields: readonly SortField[],
): number {
  for (let i = 0; i < fields.length; i += 1) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order * (fields[i]?.direction ?? 1);
  }
  return 0;
}
