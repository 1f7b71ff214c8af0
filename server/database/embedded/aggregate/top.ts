import type { Document } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { compareSortKeys, parseSort, sortKey } from '../query/sort.ts';
import { expression } from './expression.ts';

export const topNames: readonly string[] = ['$bottom', '$bottomN', '$top', '$topN'];

/** $top, $bottom and their N forms over the documents of one group. Throws CommandError for a malformed operand. */
export function topOf(name: string, given: unknown, variables: Document) {
  if (!isObject(given) || !isObject(given.sortBy) || !('output' in given))
    throw new CommandError(5788003, `${name} needs an object with 'sortBy' and 'output'`);
  const fields = parseSort(given.sortBy);
  const output = expression(given.output, variables);
  const isMany = name.endsWith('N');
  const count = isMany ? expression(given.n, variables)({}) : 1;
  if (!isNumeric(count) || !Number.isInteger(toNumber(count)) || toNumber(count) < 1)
    throw new CommandError(5787908, `'n' must be a whole number greater than 0 for ${name}`);
  const n = toNumber(count);
  return (documents: readonly Document[]): unknown => {
    const keyed = documents.map((document) => ({ document, key: sortKey(document, fields) }));
    keyed.sort((a, b) => compareSortKeys(a.key, b.key, fields));
    const chosen = name.startsWith('$top') ? keyed.slice(0, n) : keyed.slice(-n);
    const values = chosen.map(({ document }) => output(document) ?? null);
    return isMany ? values : (values[0] ?? null);
  };
}
