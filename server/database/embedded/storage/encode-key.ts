import { createHash } from 'node:crypto';
import type { Binary, Decimal128, ObjectId, Timestamp } from 'bson';
import { binaryParts, entriesOf, regexParts, textOf } from '../bson/compare.ts';
import { compareDecimal, decimalParts } from '../bson/decimal.ts';
import { bare, type Numeric } from '../bson/number.ts';
import { RANK, rankOf } from '../bson/rank.ts';
import { KeyWriter } from './key-writer.ts';

/** Keys are cut here, because lmdb takes at most 1978 bytes; a cut key carries the hash of the whole. */
export const KEY_LIMIT = 1400;
const HASH_LENGTH = 32;

const writer = new KeyWriter();

/** Bytes that order as MongoDB orders the tuple of values; `directions` holds 1 or -1 per value. */
export function encodeKey(values: readonly unknown[], directions: readonly number[]): Buffer {
  writer.reset();
  values.forEach((value, i) => {
    const start = writer.position;
    writeValue(value);
    if (directions[i] === -1) writer.invert(start);
  });
  return writer.take();
}

/** The stored form of a key: itself, or cut and hashed when it is too long. */
export function fitKey(key: Buffer): Buffer {
  if (key.length <= KEY_LIMIT) return key;
  const hash = createHash('sha256').update(key).digest();
  return Buffer.concat([key.subarray(0, KEY_LIMIT), hash]);
}

export function isCut(key: Uint8Array): boolean {
  return key.length === KEY_LIMIT + HASH_LENGTH;
}

function writeValue(value: unknown): void {
  const rank = rankOf(value);
  writer.byte(rank);
  if (rank === RANK.number) writeNumber(bare(value as Numeric));
  else if (rank === RANK.string) writer.text(textOf(value));
  else if (rank === RANK.objectId) writer.raw((value as ObjectId).id);
  else if (rank === RANK.date) writer.uint64(BigInt((value as Date).getTime()) + 2n ** 63n);
  else if (rank === RANK.boolean) writer.byte(value ? 1 : 0);
  else if (rank === RANK.object) writeObject(entriesOf(value));
  else if (rank === RANK.array) writeArray(value as unknown[]);
  else writeRare(rank, value);
}

function writeRare(rank: number, value: unknown): void {
  if (rank === RANK.binary) {
    const [bytes, kind] = binaryParts(value as Binary);
    writer.uint32(bytes.length);
    writer.byte(kind);
    writer.raw(bytes);
  } else if (rank === RANK.timestamp) {
    writer.uint64((value as Timestamp).toBigInt());
  } else if (rank === RANK.regex) {
    const { pattern, options } = regexParts(value);
    writer.text(pattern);
    writer.text(options);
  } else if (rank === RANK.code) {
    writer.text(String((value as { code: unknown }).code));
  }
}

function writeObject(entries: [string, unknown][]): void {
  for (const [name, value] of entries) {
    writer.byte(rankOf(value));
    writer.text(name);
    writeValue(value);
  }
  writer.byte(0);
}

function writeArray(values: unknown[]): void {
  for (const value of values) writeValue(value);
  writer.byte(0);
}

const EXACT = 0x8000;

/** The nearest double, then what it lacks: a bias of an int64, or the digits of a decimal. */
function writeNumber(value: number | bigint | Decimal128): void {
  if (typeof value === 'number') {
    writer.double(value);
    writeUint16(EXACT);
  } else if (typeof value === 'bigint') {
    const nearest = Number(value);
    writer.double(nearest);
    writeUint16(EXACT + Number(value - BigInt(nearest)));
  } else writeDecimal(value);
}

function writeDecimal(value: Decimal128): void {
  const text = value.toString();
  const nearest = Number(text);
  const side = Number.isFinite(nearest) ? compareDecimal(value, nearest) : 0;
  const integer = side === 0 ? undefined : integerOf(text);
  const bias = integer === undefined ? Number.NaN : Number(integer - BigInt(nearest));
  writer.double(nearest);
  if (side === 0) writeUint16(EXACT);
  else if (Math.abs(bias) < 0x4000) writeUint16(EXACT + bias);
  else {
    // Digits follow only the two marks next to the middle, so that fractions keep their order.
    writeUint16(side < 0 ? EXACT - 1 : EXACT + 1);
    writeDigits(text);
  }
}

function integerOf(text: string): bigint | undefined {
  const { coefficient, exponent } = decimalParts(text);
  return exponent >= 0 && exponent < 20 ? coefficient * 10n ** BigInt(exponent) : undefined;
}

function writeDigits(text: string): void {
  const { coefficient, exponent } = decimalParts(text);
  const negative = coefficient < 0n;
  const digits = (negative ? -coefficient : coefficient).toString();
  const start = writer.position;
  writeUint16(EXACT + exponent + digits.length);
  writer.raw(Buffer.from(digits.padEnd(34, '0'), 'latin1'));
  if (negative) writer.invert(start);
}

function writeUint16(value: number): void {
  writer.byte(value >> 8);
  writer.byte(value & 0xff);
}
