import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { compareDecimal } from './decimal.ts';

/** A number in any of the shapes the codec produces. */
export type Numeric = number | bigint | Int32 | Double | Long | Decimal128;

export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  return value instanceof Int32 || value instanceof Double || isLong(value) || value instanceof Decimal128;
}

/** The codec makes a timestamp a kind of Long, but it is no number. */
export function isLong(value: unknown): value is Long {
  return value instanceof Long && !(value instanceof Timestamp);
}

/** Takes the wrapping class off, except for Decimal128, which no JavaScript number can hold. */
export function bare(value: Numeric): number | bigint | Decimal128 {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Long) return value.toBigInt();
  if (value instanceof Decimal128) return value;
  return value.value;
}

/** MongoDB's order of numbers across types: exact, NaN below everything. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  const a = bare(left);
  const b = bare(right);
  if (typeof a === 'object' || typeof b === 'object') return compareDecimal(a, b);
  if (a < b) return -1;
  if (a > b) return 1;
  // biome-ignore lint/suspicious/noDoubleEquals: a number and a bigint of the same value are equal here.
  if (a == b) return 0;
  const aIsNaN = Number.isNaN(a);
  return aIsNaN && Number.isNaN(b) ? 0 : aIsNaN ? -1 : 1;
}

/** The value as a JavaScript number, rounded where it has to be; NaN for what is not a number. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (isLong(value)) return value.toNumber();
  if (value instanceof Decimal128) return Number(value.toString());
  if (typeof value === 'boolean') return value ? 1 : 0;
  return Number.NaN;
}
