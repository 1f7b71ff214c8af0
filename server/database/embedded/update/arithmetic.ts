import { Decimal128, Double, Int32, Long } from 'bson';
import { decimalParts } from '../bson/decimal.ts';
import { type Numeric, toNumber } from '../bson/number.ts';
import { CommandError } from '../errors.ts';

const LONG_LOW = -(2n ** 63n);
const LONG_HIGH = 2n ** 63n - 1n;

type Operation = 'add' | 'multiply';

/** Adds or multiplies as MongoDB does: the wider type wins, int32 grows to int64, and int64 does not overflow. */
export function calculate(operation: Operation, left: Numeric, right: Numeric): Numeric {
  const a = wrapped(left);
  const b = wrapped(right);
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalResult(operation, a, b);
  if (a instanceof Double || b instanceof Double) {
    const [x, y] = [toNumber(a), toNumber(b)];
    return new Double(operation === 'add' ? x + y : x * y);
  }
  const [x, y] = [BigInt(a.toString()), BigInt(b.toString())];
  const exact = operation === 'add' ? x + y : x * y;
  const bothShort = a instanceof Int32 && b instanceof Int32;
  if (bothShort && exact >= -0x80000000n && exact <= 0x7fffffffn) return new Int32(Number(exact));
  if (exact < LONG_LOW || exact > LONG_HIGH)
    throw new CommandError('BadValue', 'Failed to apply an arithmetic operation: integer overflow');
  return Long.fromBigInt(exact);
}

/** A number in the class that carries its BSON type. */
export function wrapped(value: Numeric): Int32 | Double | Long | Decimal128 {
  if (typeof value === 'bigint') return Long.fromBigInt(value);
  if (typeof value !== 'number') return value;
  const isShort = Number.isInteger(value) && Math.abs(value) <= 0x7fffffff && !Object.is(value, -0);
  return isShort ? new Int32(value) : new Double(value);
}

function decimalResult(operation: Operation, a: Numeric, b: Numeric): Decimal128 {
  const [x, y] = [text(a), text(b)];
  const notFinite = [x, y].find((part) => /nan|inf/i.test(part));
  if (notFinite)
    return Decimal128.fromString(String(operation === 'add' ? Number(x) + Number(y) : Number(x) * Number(y)));
  const left = decimalParts(x);
  const right = decimalParts(y);
  if (operation === 'multiply')
    return format(left.coefficient * right.coefficient, left.exponent + right.exponent);
  const exponent = Math.min(left.exponent, right.exponent);
  const sum =
    left.coefficient * 10n ** BigInt(left.exponent - exponent) +
    right.coefficient * 10n ** BigInt(right.exponent - exponent);
  return format(sum, exponent);
}

function text(value: Numeric): string {
  // A double becomes the decimal of its 15 significant digits, which is what MongoDB converts it to.
  if (value instanceof Double) return String(Number(value.value.toPrecision(15)));
  return value.toString();
}

function format(coefficient: bigint, exponent: number): Decimal128 {
  return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
}
