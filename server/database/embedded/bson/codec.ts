import { type DeserializeOptions, deserialize, serialize } from 'bson';
import { CommandError } from '../errors.ts';

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
const command: DeserializeOptions = { ...plain, validation: { utf8: true } };
const insert: DeserializeOptions = { ...command, fieldsAsRaw: { documents: true } };
const encoding = { ignoreUndefined: false };

/** Decodes for comparing: int32 and double become numbers, int64 becomes bigint. */
export function readPlain(raw: Uint8Array): Document {
  return deserialize(raw, plain);
}

/** Decodes for rewriting: every number keeps its BSON type as Int32, Double, Long or Decimal128. */
export function readTyped(raw: Uint8Array): Document {
  return deserialize(raw, typed);
}

/** Decodes what a client sent for comparing, and refuses texts that are no UTF-8. */
export function readCommand(raw: Uint8Array): Document {
  return deserialize(raw, command);
}

/** Like readCommand, but leaves the documents of an insert as bytes. */
export function readInsert(raw: Uint8Array): Document {
  return deserialize(raw, insert);
}

export function encode(document: Document): Buffer {
  const bytes = serialized(document);
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes);
}

function serialized(document: Document): Uint8Array {
  try {
    return serialize(document, encoding);
  } catch (error) {
    // The codec works in 17 MB, a little more than a document may have.
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(
      'BSONObjectTooLarge',
      'BSONObj size is invalid: a document may have 16 MB at most.',
    );
  }
}

/** An encoded document with one more field at its end, that holds an encoded document. */
export function appendDocument(document: Buffer, field: string, value: Uint8Array): Buffer {
  const joined = Buffer.allocUnsafe(document.length + field.length + 2 + value.length);
  let at = document.copy(joined) - 1;
  at = joined.writeUInt8(3, at);
  at += joined.write(field, at, 'latin1');
  at = joined.writeUInt8(0, at);
  joined.set(value, at);
  joined[joined.length - 1] = 0;
  joined.writeInt32LE(joined.length);
  return joined;
}
