import { Binary, ObjectId } from 'bson';
import type { Document } from '../bson/codec.ts';
import { binaryParts, compareValues, equalValues, regexParts } from '../bson/compare.ts';
import { bare, isNumeric, type Numeric, toNumber } from '../bson/number.ts';
import { RANK, rankOf } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { typeTest } from './type-names.ts';

export interface Predicate {
  readonly test: (value: unknown) => boolean;
  /** False when an array at the end of the path is asked only as a whole. */
  readonly expand?: boolean;
  /** True when null and missing answer alike, so that an index key is enough to decide. */
  readonly decidable?: boolean;
}

type Build = (operand: unknown, siblings: Document) => Predicate;

/** Operators on one field, by name; negations are built from these by the parser. */
export const predicates: Readonly<Record<string, Build>> = {
  $eq: (operand) => ({ test: equals(operand), decidable: true }),
  $gt: (operand) => ordered(operand, (order) => order > 0),
  $gte: (operand) => ordered(operand, (order) => order >= 0),
  $lt: (operand) => ordered(operand, (order) => order < 0),
  $lte: (operand) => ordered(operand, (order) => order <= 0),
  $in: oneOf,
  $exists: () => ({ test: isPresent, expand: false }),
  $type: (operand) => ({ test: typeTest(operand) }),
  $regex: regex,
  $mod: modulo,
  $size: size,
  $bitsAllSet: (operand) => bits(operand, (set) => set.every(Boolean)),
  $bitsAnySet: (operand) => bits(operand, (set) => set.some(Boolean)),
  $bitsAllClear: (operand) => bits(operand, (set) => !set.some(Boolean)),
  $bitsAnyClear: (operand) => bits(operand, (set) => !set.every(Boolean)),
};

const isPresent = (value: unknown) => value !== undefined;

function equals(operand: unknown): (value: unknown) => boolean {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  if (typeof operand === 'string') return (value) => value === operand || equalValues(value, operand);
  return (value) => equalValues(value, operand);
}

function ordered(operand: unknown, accepts: (order: number) => boolean): Predicate {
  const rank = rankOf(operand);
  if (rank === RANK.regex)
    throw new CommandError('BadValue', "Can't have RegEx as arg to predicate over field");
  if (rank === RANK.null || rank === RANK.undefined)
    return { test: (value) => (value === null || value === undefined) && accepts(0), decidable: true };
  if (rank === RANK.minKey || rank === RANK.maxKey)
    return { test: (value) => value !== undefined && accepts(compareValues(value, operand)) };
  const isNaNOperand = isNumeric(operand) && Number.isNaN(toNumber(operand));
  return {
    test: (value) => {
      if (rankOf(value) !== rank) return false;
      if (rank === RANK.number && Number.isNaN(toNumber(value)) !== isNaNOperand) return false;
      return accepts(compareValues(value, operand));
    },
    decidable: true,
  };
}

function oneOf(operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', '$in needs an array');
  if (
    operand.some(
      (item) => rankOf(item) === RANK.object && Object.keys(item)[0]?.startsWith('$') && !('$ref' in item),
    )
  )
    throw new CommandError('BadValue', 'cannot nest $ under $in');
  // Lists may hold thousands: texts, plain numbers and ObjectIds are looked up and not gone through.
  const plain = new Set<unknown>();
  const ids = new Set<string>();
  const others: ((value: unknown) => boolean)[] = [];
  for (const item of operand) {
    if (typeof item === 'string' || typeof item === 'number') plain.add(item);
    else if (item instanceof ObjectId) ids.add(item.toHexString());
    else others.push(rankOf(item) === RANK.regex ? regexTest(item) : equals(item));
  }
  const numbers = [...plain].filter((item) => typeof item === 'number').map(equals);
  const isWrapped = (value: unknown) => typeof value !== 'number' && isNumeric(value);
  return {
    test: (value) =>
      plain.has(value) ||
      (ids.size > 0 && value instanceof ObjectId && ids.has(value.toHexString())) ||
      (numbers.length > 0 && isWrapped(value) && numbers.some((test) => test(value))) ||
      others.some((test) => test(value)),
    decidable: true,
  };
}

function regex(operand: unknown, siblings: Document): Predicate {
  const rank = rankOf(operand);
  if (rank !== RANK.regex && rank !== RANK.string)
    throw new CommandError('BadValue', '$regex has to be a string');
  const { pattern, options } =
    rank === RANK.regex ? regexParts(operand) : { pattern: String(operand), options: '' };
  const given = siblings.$options;
  if (given !== undefined && typeof given !== 'string')
    throw new CommandError('BadValue', '$options has to be a string');
  return { test: regexTest({ pattern, options: given ?? options }), decidable: true };
}

/** Tests texts against a pattern; a stored regular expression equals itself. */
function regexTest(value: unknown): (value: unknown) => boolean {
  const { pattern, options } =
    rankOf(value) === RANK.regex ? regexParts(value) : (value as { pattern: string; options: string });
  const compiled = compileRegex(pattern, options);
  return (candidate) => {
    if (typeof candidate === 'string') return compiled.test(candidate);
    if (rankOf(candidate) !== RANK.regex) return false;
    const other = regexParts(candidate);
    return other.pattern === pattern && other.options === options;
  };
}

/** PCRE's x option and its leading (?i) groups are translated; anything JavaScript cannot say is refused. */
function compileRegex(pattern: string, options: string): RegExp {
  const [, inline = '', rest = pattern] = /^\(\?([imsx]+)\)(.*)$/s.exec(pattern) ?? [];
  const flags = new Set([...options, ...inline]);
  for (const flag of flags)
    if (!'imsxu'.includes(flag)) throw new CommandError(51108, `invalid flag in regex options: ${flag}`);
  const source = flags.has('x') ? rest.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*/g, keepAtoms) : rest;
  try {
    return new RegExp(source, [...flags].filter((flag) => 'ims'.includes(flag)).join(''));
  } catch (error) {
    throw new CommandError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

const keepAtoms = (atom: string) => (/^[\s#]/.test(atom) ? '' : atom);

function modulo(operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', 'malformed mod, needs to be an array');
  if (operand.length !== 2)
    throw new CommandError(
      'BadValue',
      `malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`,
    );
  const [divisor, remainder] = operand.map((item) => Math.trunc(toNumber(item)));
  if (!divisor) throw new CommandError('BadValue', 'divisor cannot be 0');
  return { test: (value) => isNumeric(value) && Math.trunc(toNumber(value)) % divisor === remainder };
}

function size(operand: unknown): Predicate {
  const length = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(length))
    throw new CommandError(
      'BadValue',
      `Failed to parse $size. Expected an integer: ${JSON.stringify(operand)}`,
    );
  if (length < 0) throw new CommandError('BadValue', 'Failed to parse $size. Expected a non-negative number');
  return { test: (value) => Array.isArray(value) && value.length === length, expand: false };
}

function bits(operand: unknown, accepts: (set: boolean[]) => boolean): Predicate {
  const positions = bitPositions(operand);
  return {
    test: (value) => {
      const isSet = bitReader(value);
      return isSet !== undefined && accepts(positions.map(isSet));
    },
  };
}

function bitPositions(operand: unknown): number[] {
  if (Array.isArray(operand)) return operand.map(toNumber);
  const isSet = bitReader(operand);
  if (!isSet || (isNumeric(operand) && toNumber(operand) < 0))
    throw new CommandError('BadValue', 'bit positions must be a list, a non-negative integer or binary data');
  const length = operand instanceof Binary ? operand.position * 8 : 64;
  return Array.from({ length }, (_, i) => i).filter(isSet);
}

function bitReader(value: unknown): ((position: number) => boolean) | undefined {
  if (value instanceof Binary) {
    const [bytes] = binaryParts(value);
    return (position) => (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
  }
  if (!isNumeric(value)) return undefined;
  const number = bare(value as Numeric);
  if (typeof number === 'object' || (typeof number === 'number' && !Number.isInteger(number)))
    return undefined;
  const integer = BigInt(number);
  return (position) => ((integer >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}
