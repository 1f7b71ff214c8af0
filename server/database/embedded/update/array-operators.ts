import { expression } from '../aggregate/expression.ts';
import type { Document } from '../bson/codec.ts';
import { compareValues, equalValues } from '../bson/compare.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject, RANK, rankOf } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { parseFilter } from '../query/parse-filter.ts';
import { compareSortKeys, parseSort, sortKey } from '../query/sort.ts';
import { typeName } from '../query/type-names.ts';
import type { OperatorContext } from './operators.ts';
import type { Target } from './target.ts';

export function push(target: Target, operand: unknown, { path }: OperatorContext): void {
  const array = arrayAt(target, path, '$push');
  if (!isObject(operand) || !('$each' in operand)) {
    target.set([...array, operand]);
    return;
  }
  const { $each: each, $position, $slice, $sort, ...unknown } = operand;
  const [stray] = Object.keys(unknown);
  if (stray) throw new CommandError('BadValue', `Unrecognized clause in $push: ${stray}`);
  if (!Array.isArray(each))
    throw new CommandError(
      'BadValue',
      `The argument to $each in $push must be an array but it was of type: ${typeName(each)}`,
    );
  const at = $position === undefined ? array.length : wholeNumber('$position', $position);
  const start = at < 0 ? Math.max(0, array.length + at) : at;
  let result = [...array.slice(0, start), ...each, ...array.slice(start)];
  if ($sort !== undefined) result = sorted(result, $sort);
  if ($slice !== undefined) result = sliced(result, wholeNumber('$slice', $slice));
  target.set(result);
}

function wholeNumber(name: string, value: unknown): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(number))
    throw new CommandError(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${typeName(value)}`,
    );
  return number;
}

function sorted(values: unknown[], given: unknown): unknown[] {
  if (!isObject(given)) {
    const direction = toNumber(given);
    if (Math.abs(direction) !== 1)
      throw new CommandError('BadValue', 'The $sort element value must be either 1 or -1');
    return [...values].sort((a, b) => compareValues(a, b) * direction);
  }
  const sort = parseSort(given);
  const keyed = values.map((value) => ({ value, key: sortKey(isObject(value) ? value : {}, sort) }));
  return keyed.sort((a, b) => compareSortKeys(a.key, b.key, sort)).map(({ value }) => value);
}

function sliced(values: unknown[], count: number): unknown[] {
  return count >= 0 ? values.slice(0, count) : values.slice(count);
}

export function addToSet(target: Target, operand: unknown, { path }: OperatorContext): void {
  const array = arrayAt(target, path, '$addToSet');
  const isEach = isObject(operand) && '$each' in operand;
  const items = isEach ? operand.$each : [operand];
  if (!Array.isArray(items))
    throw new CommandError(
      'TypeMismatch',
      `The argument to $each in $addToSet must be an array but it was of type ${typeName(items)}`,
    );
  const result = [...array];
  for (const item of items) if (!result.some((other) => equalValues(other, item))) result.push(item);
  target.set(result);
}

export function pop(target: Target, operand: unknown, { path }: OperatorContext): void {
  const direction = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (Math.abs(direction) !== 1)
    throw new CommandError('FailedToParse', `$pop expects 1 or -1, found: ${JSON.stringify(operand)}`);
  if (target.get() === undefined) return;
  const array = arrayAt(target, path, '$pop', 'TypeMismatch');
  target.set(direction === 1 ? array.slice(0, -1) : array.slice(1));
}

export function pull(target: Target, operand: unknown, { path }: OperatorContext): void {
  if (target.get() === undefined) return;
  const array = arrayAt(target, path, '$pull');
  target.set(array.filter((value) => !pullTest(operand)(value)));
}

/** $pull takes a value, a condition on the element, or a filter on the fields of elements that are objects. */
function pullTest(operand: unknown): (value: unknown) => boolean {
  if (rankOf(operand) === RANK.regex) return conditionTest(operand);
  if (!isObject(operand)) return (value) => equalValues(value, operand);
  if (Object.keys(operand)[0]?.startsWith('$') && !('$ref' in operand)) return conditionTest(operand);
  const filter = parseFilter(operand, { expression });
  return (value) => isObject(value) && filter.matches(value as Document);
}

function conditionTest(operand: unknown): (value: unknown) => boolean {
  const filter = parseFilter({ value: operand }, { expression });
  return (value) => filter.matches({ value });
}

export function pullAll(target: Target, operand: unknown, { path }: OperatorContext): void {
  if (!Array.isArray(operand))
    throw new CommandError(
      'BadValue',
      `$pullAll requires an array argument but was given a ${typeName(operand)}`,
    );
  if (target.get() === undefined) return;
  const array = arrayAt(target, path, '$pullAll');
  target.set(array.filter((value) => !operand.some((item) => equalValues(item, value))));
}

function arrayAt(
  target: Target,
  path: string,
  operator: string,
  code: 'BadValue' | 'TypeMismatch' = 'BadValue',
): unknown[] {
  const current = target.get();
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  const name = typeName(current);
  throw new CommandError(
    code,
    operator === '$pull' || operator === '$pullAll'
      ? `Cannot apply ${operator} to a non-array value`
      : `The field '${path}' must be an array but is of type ${name} in document`,
  );
}
