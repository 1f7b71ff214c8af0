const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** The major types of CBOR (RFC 8949, section 3.1). */
const MAJOR = { positive: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6 } as const;
/** The tag that IPLD has for a link. */
const LINK = 42;

/**
 * Encodes a value, in the JSON form of the lexicons, as the one form that DRISL allows (dasl.ing/drisl.html): the
 * shortest lengths, keys by length and then by bytes, no fractions. Throws a RangeError on a fraction.
 */
export function encodeDagCbor(value: unknown): Buffer {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return withHead(MAJOR.text, Buffer.from(value));
  if (Array.isArray(value))
    return Buffer.concat([head(MAJOR.list, value.length), ...value.map(encodeDagCbor)]);
  if (typeof value === 'object') return encodeObject(value as Record<string, unknown>);
  throw new RangeError(`a record cannot hold a ${typeof value}`);
}

function encodeNumber(value: number): Buffer {
  if (!Number.isSafeInteger(value)) throw new RangeError('a record cannot hold a fraction');
  return value >= 0 ? head(MAJOR.positive, value) : head(MAJOR.negative, -1 - value);
}

function encodeObject(value: Record<string, unknown>): Buffer {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const [only] = entries;
  if (only && entries.length === 1 && typeof only[1] === 'string') {
    if (only[0] === '$link') return encodeLink(only[1]);
    if (only[0] === '$bytes') return withHead(MAJOR.bytes, Buffer.from(only[1], 'base64'));
  }
  const parts = entries
    .map(([key, item]) => ({ key: Buffer.from(key), item }))
    .sort((one, other) => one.key.length - other.key.length || Buffer.compare(one.key, other.key))
    .flatMap(({ key, item }) => [withHead(MAJOR.text, key), encodeDagCbor(item)]);
  return Buffer.concat([head(MAJOR.map, entries.length), ...parts]);
}

/** A leading zero says that the bytes of the content id follow as they are. */
function encodeLink(cid: string): Buffer {
  const bytes = Buffer.concat([Buffer.from([0]), fromBase32(cid.slice(1))]);
  return Buffer.concat([head(MAJOR.tag, LINK), withHead(MAJOR.bytes, bytes)]);
}

function withHead(major: number, bytes: Buffer): Buffer {
  return Buffer.concat([head(major, bytes.length), bytes]);
}

function head(major: number, length: number): Buffer {
  const top = major << 5;
  if (length < 24) return Buffer.from([top | length]);
  const width = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1_0000_0000 ? 4 : 8;
  const bytes = Buffer.alloc(1 + width);
  bytes[0] = top | (24 + Math.log2(width));
  if (width === 8) bytes.writeBigUInt64BE(BigInt(length), 1);
  else bytes.writeUIntBE(length, 1, width);
  return bytes;
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let rest = 0;
  let bits = 0;
  for (const letter of text) {
    rest = (rest << 5) | LETTERS.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((rest >> bits) & 0xff);
      rest &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}
