import type { Decimal128 } from 'bson';

type Any = number | bigint | Decimal128;

/** value = coefficient × 10^ten × 2^two, or one of the three that are no fraction. */
interface Exact {
  special: 'nan' | 'infinity' | '-infinity' | undefined;
  coefficient: bigint;
  ten: number;
  two: number;
}

/** Compares numbers of which at least one is a Decimal128, without rounding either. */
export function compareDecimal(left: Any, right: Any): number {
  const a = exact(left);
  const b = exact(right);
  if (a.special || b.special) return Math.sign(specialRank(a) - specialRank(b));
  const ten = Math.min(a.ten, b.ten);
  const two = Math.min(a.two, b.two);
  const x = a.coefficient * 10n ** BigInt(a.ten - ten) * 2n ** BigInt(a.two - two);
  const y = b.coefficient * 10n ** BigInt(b.ten - ten) * 2n ** BigInt(b.two - two);
  return x < y ? -1 : x > y ? 1 : 0;
}

function specialRank(value: Exact): number {
  const ranks = { nan: -2, '-infinity': -1, infinity: 1 };
  return value.special ? ranks[value.special] : 0;
}

function exact(value: Any): Exact {
  if (typeof value === 'bigint') return fraction(value, 0, 0);
  if (typeof value === 'number') return exactDouble(value);
  return exactText(value.toString());
}

function exactDouble(value: number): Exact {
  if (Number.isNaN(value)) return special('nan');
  if (!Number.isFinite(value)) return special(value > 0 ? 'infinity' : '-infinity');
  if (Number.isInteger(value)) return fraction(BigInt(value), 0, 0);
  let scaled = value;
  let two = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    two -= 1;
  }
  return fraction(BigInt(scaled), 0, two);
}

function exactText(text: string): Exact {
  if (text === 'NaN') return special('nan');
  if (text.endsWith('Infinity')) return special(text.startsWith('-') ? '-infinity' : 'infinity');
  const { coefficient, exponent } = decimalParts(text);
  return fraction(coefficient, exponent, 0);
}

/** The digits and the power of ten of a Decimal128's finite text form. */
export function decimalParts(text: string): { coefficient: bigint; exponent: number } {
  const [mantissa = '0', power = '0'] = text.split(/e/i);
  const [whole = '0', decimals = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + decimals), exponent: Number(power) - decimals.length };
}

const fraction = (coefficient: bigint, ten: number, two: number): Exact => ({
  special: undefined,
  coefficient,
  ten,
  two,
});
const special = (name: NonNullable<Exact['special']>): Exact => ({ ...fraction(0n, 0, 0), special: name });
