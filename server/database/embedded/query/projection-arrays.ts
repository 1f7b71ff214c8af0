import { expression } from '../aggregate/expression.ts';
import type { Document } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { parseFilter } from './parse-filter.ts';

/** $slice or $elemMatch of a projection. */
export interface ArrayCut {
  readonly path: string;
  /** True for $elemMatch, which makes the projection an inclusion; $slice alone leaves other fields in. */
  readonly picks: boolean;
  readonly apply: (projected: Document, stored: Document) => Document;
}

/** The find form of an array operator, or undefined when the object is something else. */
export function arrayCuts(path: string, given: Document): ArrayCut | undefined {
  if ('$elemMatch' in given) return elementPick(path, given.$elemMatch);
  if ('$slice' in given) return slice(path, given.$slice);
  return undefined;
}

function elementPick(path: string, operand: unknown): ArrayCut {
  if (!isObject(operand)) throw new CommandError('BadValue', '$elemMatch needs an object');
  if (path.includes('.'))
    throw new CommandError(31275, `Cannot use $elemMatch projection on a nested field: ${path}`);
  const filter = parseFilter({ value: { $elemMatch: operand } }, { expression });
  return {
    path,
    picks: true,
    apply: (projected, stored) => {
      const { [path]: _, ...others } = projected;
      const array = stored[path];
      const found = Array.isArray(array)
        ? array.find((item) => filter.matches({ value: [item] }))
        : undefined;
      return found === undefined ? others : { ...others, [path]: [found] };
    },
  };
}

function slice(path: string, operand: unknown): ArrayCut | undefined {
  const [start, length] = sliceArguments(operand) ?? [];
  if (start === undefined) return undefined;
  const cut = (array: unknown[]) => {
    if (length === undefined) return start >= 0 ? array.slice(0, start) : array.slice(start);
    const from = start >= 0 ? start : Math.max(0, array.length + start);
    return array.slice(from, from + length);
  };
  return { path, picks: false, apply: (projected) => sliceAt(projected, path.split('.'), cut) as Document };
}

/** [count] or [skip, count]; undefined for the expression form, whose first argument is an array or a path. */
function sliceArguments(operand: unknown): [number, number?] | undefined {
  if (isNumeric(operand)) return [toNumber(operand)];
  if (!Array.isArray(operand) || !operand.every(isNumeric)) return undefined;
  const [skip, count] = operand.map(toNumber);
  if (operand.length !== 2 || skip === undefined || count === undefined)
    throw new CommandError(28667, `Invalid $slice syntax. $slice takes a number or a list of two numbers`);
  if (count <= 0) throw new CommandError(28724, 'First argument to $slice must be positive');
  return [skip, count];
}

function sliceAt(value: unknown, parts: readonly string[], cut: (array: unknown[]) => unknown[]): unknown {
  const [part = '', ...rest] = parts;
  if (Array.isArray(value)) return value.map((item) => sliceAt(item, parts, cut));
  if (!isObject(value) || !(part in value)) return value;
  const inner = value[part];
  if (rest.length > 0) return { ...value, [part]: sliceAt(inner, rest, cut) };
  return { ...value, [part]: Array.isArray(inner) ? cut(inner) : inner };
}
