import { type Binary, BSONRegExp, type DBRef, type ObjectId, type Timestamp } from 'bson';
import type { Document } from './codec.ts';
import { compareNumbers, type Numeric } from './number.ts';
import { RANK, rankOf } from './rank.ts';

/** MongoDB's total order of BSON values; missing (undefined) stands below null. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number' && a === b) return 0;
  const rank = rankOf(a);
  const other = rankOf(b);
  if (rank !== other) return rank < other ? -1 : 1;
  return compareSameRank(rank, a, b);
}

export function equalValues(a: unknown, b: unknown): boolean {
  return a === b || compareValues(a, b) === 0;
}

function compareSameRank(rank: number, a: unknown, b: unknown): number {
  switch (rank) {
    case RANK.number:
      return compareNumbers(a as Numeric, b as Numeric);
    case RANK.string:
      return compareText(textOf(a), textOf(b));
    case RANK.boolean:
      return Number(a) - Number(b);
    case RANK.date:
      return Math.sign((a as Date).getTime() - (b as Date).getTime());
    case RANK.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case RANK.object:
      return compareObjects(entriesOf(a), entriesOf(b));
    case RANK.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case RANK.binary:
      return compareBinary(a as Binary, b as Binary);
    case RANK.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case RANK.regex:
      return compareRegex(a, b);
    case RANK.code:
      return compareText(String((a as { code: unknown }).code), String((b as { code: unknown }).code));
    default:
      return 0;
  }
}

/** Order of UTF-8 bytes. UTF-16 units differ from it only where surrogates meet U+E000 and above. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

/** The text of a string or a BSON symbol. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String((value as { value: string }).value);
}

/** Fields of an object in stored order; a reference (DBRef) shows the fields it is stored with. */
export function entriesOf(value: unknown): [string, unknown][] {
  const reference = value as Partial<DBRef>;
  if (reference?._bsontype !== 'DBRef' || Object.getPrototypeOf(value) === Object.prototype)
    return Object.entries(value as Document);
  const entries: [string, unknown][] = [
    ['$ref', reference.collection],
    ['$id', reference.oid],
  ];
  if (reference.db) entries.push(['$db', reference.db]);
  return [...entries, ...Object.entries(reference.fields ?? {})];
}

function compareObjects(a: [string, unknown][], b: [string, unknown][]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [name, value] = a[i] as [string, unknown];
    const [otherName, otherValue] = b[i] as [string, unknown];
    const order =
      rankOf(value) - rankOf(otherValue) ||
      compareText(name, otherName) ||
      compareSameRank(rankOf(value), value, otherValue);
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(a.length - b.length);
}

function compareArrays(a: unknown[], b: unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/** Binary data orders by length, then kind, then bytes. */
function compareBinary(a: Binary | Uint8Array, b: Binary | Uint8Array): number {
  const [x, kind] = binaryParts(a);
  const [y, otherKind] = binaryParts(b);
  return Math.sign(x.length - y.length || kind - otherKind || Buffer.compare(x, y));
}

export function binaryParts(value: Binary | Uint8Array): [Uint8Array, number] {
  if (value instanceof Uint8Array) return [value, 0];
  return [value.buffer.subarray(0, value.position), value.sub_type];
}

export function regexParts(value: unknown): { pattern: string; options: string } {
  if (value instanceof BSONRegExp) return { pattern: value.pattern, options: value.options };
  const regex = value as RegExp;
  return { pattern: regex.source, options: regex.flags.replace(/[^imsux]/g, '') };
}

function compareRegex(a: unknown, b: unknown): number {
  const x = regexParts(a);
  const y = regexParts(b);
  return compareText(x.pattern, y.pattern) || compareText(x.options, y.options);
}
