import { createHash } from 'node:crypto';

const SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';
const LETTERS = 13;
const CLOCK_BITS = 10n;
const DAY_MICROS = 86_400n * 1_000_000n;
/** A span of 35 years, all of it past, for keys that say nothing of time. */
const SPAN_MICROS = 1n << 50n;

/**
 * The record key of a delivery: a TID (53 bits of microseconds, 10 of a clock id, in sortable base 32; see
 * atproto.com/specs/tid) that depends on nothing but the delivery key. However often a delivery is prepared or
 * sent, and even after a database was put back to an earlier day, there is one place where its post can be.
 * For a key that begins with an id of ours it lies within the 24 hours before that id was made; where, says a hash:
 * a day has room enough that two of 10,000 deliveries meet once in two million such days.
 */
export function recordKeyOf(deliveryKey: string): string {
  const hash = createHash('sha256').update(`bluesky:${deliveryKey}`).digest();
  const chance = hash.readBigUInt64BE(0);
  const madeAt = /^([0-9a-f]{8})[0-9a-f]{16}/i.exec(deliveryKey)?.[1];
  const micros = madeAt
    ? BigInt(Number.parseInt(madeAt, 16)) * 1_000_000n - 1n - (chance % DAY_MICROS)
    : chance % SPAN_MICROS;
  return toTid((micros << CLOCK_BITS) | BigInt(hash.readUInt16BE(8) & 0x3ff));
}

function toTid(value: bigint): string {
  let rest = value;
  let tid = '';
  for (let place = 0; place < LETTERS; place += 1) {
    tid = SORTABLE[Number(rest & 31n)] + tid;
    rest >>= 5n;
  }
  return tid;
}
