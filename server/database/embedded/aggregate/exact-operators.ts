import { compareValues } from '../bson/compare.ts';
import { bare, isNumeric, type Numeric, toNumber } from '../bson/number.ts';
import { CommandError } from '../errors.ts';
import { typeName } from '../query/type-names.ts';
import { calculate } from '../update/arithmetic.ts';
import { mingo } from './mingo.ts';

type Options = Parameters<typeof import('mingo/core').evalExpr>[2];
type Operator = (document: unknown, operand: unknown, options: Options) => unknown;

/** Operators that must follow BSON's order and number types; these stand in front of mingo's. */
export const exactOperators: Readonly<Record<string, Operator>> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => order),
  $type: (document, operand, options) => {
    const given = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    return typeName(mingo().core.evalExpr(document, given, options));
  },
  $size: (document, operand, options) => {
    const [value] = values(document, operand, options);
    if (!Array.isArray(value))
      throw new CommandError(
        17124,
        `The argument to $size must be an array, but was of type: ${typeName(value)}`,
      );
    return value.length;
  },
  $range: range,
  $add: addition,
  $subtract: subtraction,
  $multiply: (document, operand, options) => fold(document, operand, options, 'multiply'),
};

function comparison<T>(answer: (order: number) => T): Operator {
  return (document, operand, options) => {
    const [left, right] = pair(document, operand, options);
    return answer(compareValues(left, right));
  };
}

function pair(document: unknown, operand: unknown, options: Options): [unknown, unknown] {
  if (!Array.isArray(operand) || operand.length !== 2)
    throw new CommandError(16020, 'Expression takes exactly 2 arguments.');
  return [
    mingo().core.evalExpr(document, operand[0], options),
    mingo().core.evalExpr(document, operand[1], options),
  ];
}

function values(document: unknown, operand: unknown, options: Options): unknown[] {
  const list = Array.isArray(operand) ? operand : [operand];
  return list.map((item) => mingo().core.evalExpr(document, item, options));
}

function addition(document: unknown, operand: unknown, options: Options): unknown {
  const terms = values(document, operand, options);
  if (terms.some(isMissing)) return null;
  const dates = terms.filter((term) => term instanceof Date);
  if (dates.length > 1) throw new CommandError(16612, 'only one date allowed in an $add expression');
  const sum = terms.filter((term) => !(term instanceof Date)).reduce(calculation('$add', 'add'), 0);
  const [date] = dates;
  return date ? new Date(date.getTime() + Math.round(toNumber(sum))) : sum;
}

function subtraction(document: unknown, operand: unknown, options: Options): unknown {
  const [left, right] = pair(document, operand, options);
  if (isMissing(left) || isMissing(right)) return null;
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  if (left instanceof Date) return new Date(left.getTime() - Math.round(toNumber(right)));
  return calculation('$subtract', 'add')(left, calculation('$subtract', 'multiply')(right, -1));
}

/** What one list may take, in bytes, at eight for a number; MongoDB's own limit. */
const RANGE_LIMIT = 100 * 1024 * 1024;

function range(document: unknown, operand: unknown, options: Options): unknown {
  const [start, end, step = 1] = values(document, operand, options).map((value) => Number(value));
  const count = Math.abs(((end ?? 0) - (start ?? 0)) / step);
  if (Number.isFinite(count) && count * 8 > RANGE_LIMIT)
    throw new CommandError(
      'ExceededMemoryLimit',
      `$range would use too much memory (${Math.ceil(count) * 8} bytes) and cannot spill to disk. Memory limit: ${RANGE_LIMIT} bytes`,
    );
  return mingo().expressions.$range(document as never, operand as never, options as never);
}

function fold(document: unknown, operand: unknown, options: Options, operation: 'add' | 'multiply'): unknown {
  const terms = values(document, operand, options);
  if (terms.some(isMissing)) return null;
  return terms.reduce(calculation('$multiply', operation), operation === 'add' ? 0 : 1);
}

const isMissing = (value: unknown) => value === null || value === undefined;

function calculation(
  name: string,
  operation: 'add' | 'multiply',
): (left: unknown, right: unknown) => unknown {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number')
      return operation === 'add' ? left + right : left * right;
    if (!isNumeric(left) || !isNumeric(right)) {
      const wrong = isNumeric(left) ? right : left;
      throw new CommandError(
        'TypeMismatch',
        `${name} only supports numeric or date types, not ${typeName(wrong)}`,
      );
    }
    return bare(calculate(operation, left as Numeric, right as Numeric));
  };
}
