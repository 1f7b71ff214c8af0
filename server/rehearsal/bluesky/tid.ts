const SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';

/** A record key whose order is the order of time: milliseconds and 20 more bits (atproto.com/specs/tid). */
export function tid(atMs: number, low: number): string {
  const micros = BigInt(Math.max(0, Math.floor(atMs))) * 1000n + BigInt(Math.floor(low) % 1000);
  let rest = (micros << 10n) | BigInt(Math.floor(low / 1000) & 0x3ff);
  let text = '';
  for (let place = 0; place < 13; place += 1) {
    text = SORTABLE[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
}
