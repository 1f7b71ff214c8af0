/** Records per piece: neighbours share one, so that a million of them take little more than 128 KB. */
const PIECE = 2048;

/** Which records of a collection have been seen, one bit each. */
export class RecordSet {
  private readonly pieces = new Map<number, Uint8Array>();

  /** True when the record is new. */
  add(record: number): boolean {
    const piece = this.piece(Math.floor(record / PIECE));
    const place = record % PIECE;
    const bit = 1 << (place & 7);
    const byte = piece[place >> 3] ?? 0;
    piece[place >> 3] = byte | bit;
    return (byte & bit) === 0;
  }

  private piece(number: number): Uint8Array {
    const known = this.pieces.get(number);
    if (known) return known;
    const fresh = new Uint8Array(PIECE / 8);
    this.pieces.set(number, fresh);
    return fresh;
  }
}
