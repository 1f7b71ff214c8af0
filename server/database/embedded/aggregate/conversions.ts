import { Decimal128, Double, Int32, Long } from 'bson';
import type { Document } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';

const types = { $toInt: 'int', $toLong: 'long', $toDouble: 'double', $toDecimal: 'decimal' } as const;
const codes: Readonly<Record<string, string>> = { 1: 'double', 16: 'int', 18: 'long', 19: 'decimal' };

/** The number type that an expression converts to; undefined when it does something else. */
export function convertsTo(expression: unknown): string | undefined {
  if (!isObject(expression)) return undefined;
  const [name = ''] = Object.keys(expression);
  if (Object.hasOwn(types, name)) return types[name as keyof typeof types];
  const to = isObject(expression.$convert) ? expression.$convert.to : undefined;
  return codes[String(to)] ?? (typeof to === 'string' ? to : undefined);
}

/** Gives the numbers at these paths the types that they were converted to. */
export function applyConversions(document: Document, conversions: ReadonlyMap<string, string>): void {
  for (const [path, type] of conversions) {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const holder = parts.reduce<unknown>(
      (inner, part) => (isObject(inner) ? inner[part] : undefined),
      document,
    );
    if (isObject(holder) && isNumeric(holder[last])) holder[last] = converted(holder[last], type);
  }
}

function converted(value: unknown, type: string): unknown {
  if (type === 'int') return new Int32(toNumber(value));
  if (type === 'double') return new Double(toNumber(value));
  if (type === 'long') return Long.fromString(String(value));
  return type === 'decimal' ? Decimal128.fromString(String(value)) : value;
}
