import type { Long } from 'bson';

type BatchName = 'firstBatch' | 'nextBatch';

/** What stands before and after the list of documents, apart from lengths and values. */
const HEAD = Buffer.from('\x03cursor\0', 'latin1');
const ID = Buffer.from('\x12id\0', 'latin1');
const NAMESPACE = Buffer.from('\x02ns\0', 'latin1');
const LIST = {
  firstBatch: Buffer.from('\x04firstBatch\0', 'latin1'),
  nextBatch: Buffer.from('\x04nextBatch\0', 'latin1'),
};
const TAIL = Buffer.from('\x01ok\0\0\0\0\0\0\0\xf0\x3f\0', 'latin1');

/**
 * `{cursor: {id, ns, firstBatch}, ok: 1}` as BSON around documents that are encoded already: each is copied once,
 * whatever the batch's size.
 */
export function cursorReply(
  name: BatchName,
  namespace: string,
  id: Long,
  batch: readonly Uint8Array[],
): Buffer {
  const namespaceLength = Buffer.byteLength(namespace) + 1;
  const listLength = batch.reduce((sum, item, i) => sum + 2 + digits(i) + item.length, 5);
  const innerLength =
    4 + ID.length + 8 + NAMESPACE.length + 4 + namespaceLength + LIST[name].length + listLength + 1;
  const bytes = Buffer.allocUnsafe(4 + HEAD.length + innerLength + TAIL.length);
  let at = bytes.writeInt32LE(bytes.length);
  at += HEAD.copy(bytes, at);
  at = bytes.writeInt32LE(innerLength, at);
  at += ID.copy(bytes, at);
  at = bytes.writeInt32LE(id.low, at);
  at = bytes.writeInt32LE(id.high, at);
  at += NAMESPACE.copy(bytes, at);
  at = bytes.writeInt32LE(namespaceLength, at);
  at += bytes.write(namespace, at);
  at = bytes.writeUInt8(0, at);
  at += LIST[name].copy(bytes, at);
  at = bytes.writeInt32LE(listLength, at);
  batch.forEach((item, i) => {
    at = bytes.writeUInt8(3, at);
    at += bytes.write(String(i), at, 'latin1');
    at = bytes.writeUInt8(0, at);
    bytes.set(item, at);
    at += item.length;
  });
  at = bytes.writeUInt8(0, at);
  at = bytes.writeUInt8(0, at);
  TAIL.copy(bytes, at);
  return bytes;
}

const digits = (i: number) => (i < 10 ? 1 : i < 100 ? 2 : i < 1000 ? 3 : String(i).length);
