/** A growing byte buffer for one key. One instance is reused: take() copies the bytes out. */
export class KeyWriter {
  private bytes = Buffer.allocUnsafeSlow(4096);
  private length = 0;

  reset(): this {
    this.length = 0;
    return this;
  }

  get position(): number {
    return this.length;
  }

  private room(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  uint32(value: number): void {
    this.room(4);
    this.bytes.writeUInt32BE(value, this.length);
    this.length += 4;
  }

  uint64(value: bigint): void {
    this.room(8);
    this.bytes.writeBigUInt64BE(BigInt.asUintN(64, value), this.length);
    this.length += 8;
  }

  /** Unsigned, at most 48 bits. */
  uint48(value: number): void {
    this.room(6);
    this.bytes.writeUIntBE(value, this.length, 6);
    this.length += 6;
  }

  /** A double whose bytes order as the numbers do; -0 equals 0 and NaN stands below all. */
  double(value: number): void {
    this.room(8);
    const start = this.length;
    if (Number.isNaN(value)) this.bytes.fill(0, start, start + 8);
    else this.bytes.writeDoubleBE(value === 0 ? 0 : value, start);
    this.length += 8;
    if (Number.isNaN(value)) return;
    if (value < 0) this.invert(start);
    else this.bytes[start] = (this.bytes[start] ?? 0) | 0x80;
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** UTF-8 with 0 escaped, closed by two zero bytes, so that no text is a prefix of another. */
  text(value: string): void {
    this.room(value.length * 3 + 2);
    const start = this.length;
    const written = this.bytes.write(value, start, 'utf8');
    if (this.bytes.subarray(start, start + written).includes(0)) {
      const escaped = Buffer.from(value.split('\0').join('\0\u00ff'), 'utf8');
      this.escaped(escaped, start);
    } else this.length += written;
    this.byte(0);
    this.byte(0);
  }

  private escaped(utf8: Buffer, start: number): void {
    this.length = start;
    for (let i = 0; i < utf8.length; i += 1) {
      const value = utf8[i] ?? 0;
      this.byte(value);
      if (value !== 0) continue;
      this.byte(0xff);
      i += 2; // skips the two bytes that U+00FF takes in UTF-8
    }
  }

  /** Turns the order of everything written since `start` around (for descending fields). */
  invert(start: number): void {
    for (let i = start; i < this.length; i += 1) this.bytes[i] = 0xff - (this.bytes[i] ?? 0);
  }

  take(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }
}
