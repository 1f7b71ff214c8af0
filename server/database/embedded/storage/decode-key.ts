import { Binary, BSONRegExp, Code, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { RANK } from '../bson/rank.ts';

/** Thrown for a number whose exact value the key only approximates: look at the document instead. */
export class Undecodable extends Error {}

/**
 * Reads the values back from an encoded key. Numbers lose their BSON type but not their value.
 * Throws Undecodable for decimals that no double holds.
 */
export function decodeKey(key: Uint8Array, directions: readonly number[]): unknown[] {
  const reader = new KeyReader(key);
  return directions.map((direction) => reader.value(direction === -1 ? 0xff : 0));
}

class KeyReader {
  private readonly bytes: Uint8Array;
  private at = 0;
  private mask = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  value(mask = this.mask): unknown {
    this.mask = mask;
    return this.ofRank(this.byte());
  }

  private ofRank(rank: number): unknown {
    switch (rank) {
      case RANK.number:
        return this.number();
      case RANK.string:
        return this.text();
      case RANK.objectId:
        return new ObjectId(this.take(12));
      case RANK.date:
        return new Date(Number(this.take(8).readBigUInt64BE() - 2n ** 63n));
      case RANK.boolean:
        return this.byte() === 1;
      case RANK.object:
        return this.object();
      case RANK.array:
        return this.array();
      default:
        return this.rare(rank);
    }
  }

  private rare(rank: number): unknown {
    if (rank === RANK.null) return null;
    if (rank === RANK.undefined) return undefined;
    if (rank === RANK.binary) {
      const length = this.take(4).readUInt32BE();
      const kind = this.byte();
      return new Binary(this.take(length), kind);
    }
    if (rank === RANK.timestamp) return new Timestamp(this.take(8).readBigUInt64BE());
    if (rank === RANK.regex) return new BSONRegExp(this.text(), this.text());
    if (rank === RANK.code) return new Code(this.text());
    return rank === RANK.minKey ? new MinKey() : new MaxKey();
  }

  private byte(): number {
    const value = (this.bytes[this.at] ?? 0) ^ this.mask;
    this.at += 1;
    return value;
  }

  private take(length: number): Buffer {
    const slice = Buffer.from(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    if (this.mask) for (let i = 0; i < length; i += 1) slice[i] = 0xff - (slice[i] ?? 0);
    return slice;
  }

  private number(): number | bigint {
    const bytes = this.take(8);
    const bias = this.take(2).readUInt16BE() - 0x8000;
    const first = bytes[0] ?? 0;
    if (bytes.readBigUInt64BE() === 0n) return Number.NaN;
    if (first & 0x80) bytes[0] = first & 0x7f;
    else for (let i = 0; i < 8; i += 1) bytes[i] = 0xff - (bytes[i] ?? 0);
    const nearest = bytes.readDoubleBE();
    if (bias === 0) return nearest;
    if (!Number.isInteger(nearest) || Math.abs(nearest) < 2 ** 53) throw new Undecodable();
    if (Math.abs(bias) === 1) throw new Undecodable();
    return BigInt(nearest) + BigInt(bias);
  }

  private text(): string {
    const bytes: number[] = [];
    for (;;) {
      const value = this.byte();
      if (value === 0 && this.byte() === 0) return Buffer.from(bytes).toString('utf8');
      bytes.push(value);
    }
  }

  private object(): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    while (this.byte() !== 0) {
      const name = this.text();
      result[name] = this.value();
    }
    return result;
  }

  private array(): unknown[] {
    const result: unknown[] = [];
    for (let rank = this.byte(); rank !== 0; rank = this.byte()) result.push(this.ofRank(rank));
    return result;
  }
}
