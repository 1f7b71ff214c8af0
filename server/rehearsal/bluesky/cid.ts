import { createHash } from 'node:crypto';
import { encodeDagCbor } from './dag-cbor.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const RAW = 0x55;
const DAG_CBOR = 0x71;
/** Version 1, the codec, then a SHA-256 of 32 bytes (github.com/multiformats/cid). */
const prefix = (codec: number) => [0x01, codec, 0x12, 0x20];

/** The content id of a file. */
export function cidOfBytes(bytes: Uint8Array): string {
  return cidOf(RAW, bytes);
}

/** The content id of a record, given in the JSON form of the lexicons. */
export function cidOfRecord(record: unknown): string {
  return cidOf(DAG_CBOR, encodeDagCbor(record));
}

function cidOf(codec: number, bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest();
  return `b${toBase32(Buffer.from([...prefix(codec), ...digest]))}`;
}

/** RFC 4648 in small letters, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let rest = 0;
  let bits = 0;
  for (const byte of bytes) {
    rest = (rest << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += LETTERS[(rest >> (bits - 5)) & 31];
    rest &= 0xff;
  }
  return bits > 0 ? text + LETTERS[(rest << (5 - bits)) & 31] : text;
}
