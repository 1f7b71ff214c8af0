import { Decimal128, Double, Int32 } from 'bson';
import { isLong, isNumeric, toNumber } from '../bson/number.ts';
import { RANK, rankOf } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';

const codes: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

const byRank: Readonly<Record<number, string>> = {
  [RANK.minKey]: 'minKey',
  [RANK.undefined]: 'missing',
  [RANK.null]: 'null',
  [RANK.string]: 'string',
  [RANK.object]: 'object',
  [RANK.array]: 'array',
  [RANK.binary]: 'binData',
  [RANK.objectId]: 'objectId',
  [RANK.boolean]: 'bool',
  [RANK.date]: 'date',
  [RANK.timestamp]: 'timestamp',
  [RANK.regex]: 'regex',
  [RANK.code]: 'javascript',
  [RANK.maxKey]: 'maxKey',
};

/** MongoDB's name of a value's type ('missing' for undefined). Plain numbers count as the codec would store them. */
export function typeName(value: unknown): string {
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (isLong(value) || typeof value === 'bigint') return 'long';
  if (value instanceof Decimal128) return 'decimal';
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff && !Object.is(value, -0)
      ? 'int'
      : 'double';
  return byRank[rankOf(value)] ?? 'object';
}

/** The test of $type for one name or number, or a list of them. */
export function typeTest(operand: unknown): (value: unknown) => boolean {
  const wanted = (Array.isArray(operand) ? operand : [operand]).map(wantedName);
  return (value) => {
    if (value === undefined) return false;
    const name = typeName(value);
    return wanted.includes(name) || (wanted.includes('number') && rankOf(value) === RANK.number);
  };
}

function wantedName(operand: unknown): string {
  if (operand === 'number') return operand;
  if (typeof operand === 'string') {
    if (!(operand in codes)) throw new CommandError('BadValue', `Unknown type name alias: ${operand}`);
    return operand;
  }
  const code = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  const found = Object.entries(codes).find(([, value]) => value === code);
  if (!found) throw new CommandError('BadValue', `Invalid numerical type code: ${String(operand)}`);
  return found[0];
}
