import { fieldOf, isIndex } from '../bson/path.ts';
import { isObject } from '../bson/rank.ts';

/** What distinct sees along a path: every value, the elements of arrays one by one, nothing where it is missing. */
export function distinctValues(value: unknown, parts: readonly string[]): unknown[] {
  const [part, ...rest] = parts;
  if (part === undefined) return Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (Array.isArray(value)) {
    if (isIndex(part)) return Number(part) < value.length ? distinctValues(value[Number(part)], rest) : [];
    return value.filter(isObject).flatMap((element) => distinctValues(element, parts));
  }
  return isObject(value) ? distinctValues(fieldOf(value, part), rest) : [];
}
