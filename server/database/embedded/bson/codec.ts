import { type DeserializeOptions, deserialize, serialize } from 'bson';

export type Document = Record<string, unknown>;

const plain: DeserializeOptions = {
  promoteValues: true,
  useBigInt64: true,
  bsonRegExp: true,
  validation: { utf8: false },
};
const typed: DeserializeOptions = {
  promoteValues: false,
  promoteLongs: false,
  bsonRegExp: true,
  validation: { utf8: false },
};

/** Decodes for comparing: int32 and double become numbers, int64 becomes bigint. */
export function readPlain(raw: Uint8Array): Document {
  return deserialize(raw, plain);
}

/** Decodes for rewriting: every number keeps its BSON type as Int32, Double, Long or Decimal128. */
export function readTyped(raw: Uint8Array): Document {
  return deserialize(raw, typed);
}

/** Decodes what a client sent, like readTyped, with the named top-level fields (lists of documents) left as bytes. */
export function readCommand(raw: Uint8Array, rawLists: readonly string[]): Document {
  const fieldsAsRaw = Object.fromEntries(rawLists.map((name) => [name, true]));
  return deserialize(raw, { ...typed, fieldsAsRaw, validation: { utf8: true } });
}

export function encode(document: Document): Buffer {
  return Buffer.from(serialize(document, { ignoreUndefined: false }));
}

/** A list of encoded documents as one BSON array, without decoding them again. */
export function encodeRawArray(items: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  let size = 5;
  items.forEach((item, index) => {
    const head = Buffer.from(`\x03${index}\0`, 'latin1');
    parts.push(head, item);
    size += head.length + item.length;
  });
  const length = Buffer.allocUnsafe(4);
  length.writeInt32LE(size);
  return Buffer.concat([length, ...parts, Buffer.of(0)], size);
}

/** An encoded document with one more field at its end: `code` is the BSON type of the encoded value. */
export function appendRaw(document: Buffer, field: string, code: number, value: Uint8Array): Buffer {
  const head = Buffer.concat([Buffer.of(code), Buffer.from(field), Buffer.of(0)]);
  const joined = Buffer.concat([document.subarray(0, -1), head, value, Buffer.of(0)]);
  joined.writeInt32LE(joined.length);
  return joined;
}
