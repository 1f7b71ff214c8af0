export const ID_LENGTH = 4;
export const RECORD_LENGTH = 6;

export function idBytes(id: number): Buffer {
  const bytes = Buffer.allocUnsafe(ID_LENGTH);
  bytes.writeUInt32BE(id);
  return bytes;
}

export function documentKey(collection: number, record: number): Buffer {
  const bytes = Buffer.allocUnsafe(ID_LENGTH + RECORD_LENGTH);
  bytes.writeUInt32BE(collection);
  bytes.writeUIntBE(record, ID_LENGTH, RECORD_LENGTH);
  return bytes;
}

export function prefixed(index: number, key: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(ID_LENGTH + key.length);
  bytes.writeUInt32BE(index);
  key.copy(bytes, ID_LENGTH);
  return bytes;
}

export function entryKey(index: number, key: Buffer, record: number): Buffer {
  const bytes = Buffer.allocUnsafe(ID_LENGTH + key.length + RECORD_LENGTH);
  bytes.writeUInt32BE(index);
  key.copy(bytes, ID_LENGTH);
  bytes.writeUIntBE(record, ID_LENGTH + key.length, RECORD_LENGTH);
  return bytes;
}
