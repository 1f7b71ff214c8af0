import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { cursorReply } from './bson/cursor-reply.ts';
import { take } from './engine.ts';
import { CommandError } from './errors.ts';

/** MongoDB's first batch when the client names none, in documents. */
const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
/** A cursor that nobody asks for this long is closed, in milliseconds. */
const IDLE_LIMIT = 10 * 60_000;

type Steps = Iterator<Uint8Array | undefined>;

interface Stream {
  readonly steps: Steps;
  /** Found, but too large for the batch before. */
  pending: Uint8Array | undefined;
}

interface Cursor extends Stream {
  readonly id: Long;
  readonly namespace: string;
  usedAt: number;
  inUse: boolean;
}

export interface Opening {
  readonly namespace: string;
  readonly steps: Steps;
  readonly batchSize: number | undefined;
  readonly single: boolean;
  readonly deadline: number;
}

/** Open cursors: each holds only where it is, no documents. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();

  /** The first batch as a reply, and a cursor for the rest if there is one. */
  async start({ namespace, steps, batchSize, single, deadline }: Opening): Promise<Buffer> {
    const stream: Stream = { steps, pending: undefined };
    const { batch, done } = await nextBatch(stream, batchSize ?? FIRST_BATCH, deadline);
    const isOpen = !done && !single;
    const id = isOpen ? newId() : Long.ZERO;
    if (isOpen) this.open.set(id.toString(), { ...stream, id, namespace, usedAt: Date.now(), inUse: false });
    else steps.return?.();
    return cursorReply('firstBatch', namespace, id, batch);
  }

  /** Throws CursorNotFound for what is closed, and Unauthorized for a cursor of another collection. */
  async more(id: Long, namespace: string, batchSize: number | undefined): Promise<Buffer> {
    const cursor = this.open.get(id.toString());
    if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new CommandError(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    if (cursor.inUse) throw new CommandError(12051, `cursor id ${id} is already in use`);
    cursor.inUse = true;
    try {
      const limit = batchSize || Number.POSITIVE_INFINITY;
      const { batch, done } = await nextBatch(cursor, limit, Number.POSITIVE_INFINITY);
      if (done) this.open.delete(id.toString());
      return cursorReply('nextBatch', namespace, done ? Long.ZERO : id, batch);
    } catch (error) {
      this.open.delete(id.toString());
      throw error;
    } finally {
      cursor.inUse = false;
      cursor.usedAt = Date.now();
    }
  }

  kill(id: Long): boolean {
    const cursor = this.open.get(id.toString());
    if (cursor && !cursor.inUse) cursor.steps.return?.();
    return this.open.delete(id.toString());
  }

  closeIdle(now = Date.now()): void {
    for (const cursor of this.open.values())
      if (!cursor.inUse && now - cursor.usedAt > IDLE_LIMIT) this.kill(cursor.id);
  }

  get count(): number {
    return this.open.size;
  }
}

/** Positive, because 0 means that nothing is left. */
function newId(): Long {
  const bits = randomBytes(8).readBigUInt64LE() & 0x7fffffffffffffffn;
  return Long.fromBigInt(bits || 1n);
}

async function nextBatch(
  stream: Stream,
  limit: number,
  deadline: number,
): Promise<{ batch: Uint8Array[]; done: boolean }> {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  if (limit === 0) return { batch, done: false };
  if (stream.pending) {
    batch.push(stream.pending);
    bytes = stream.pending.length;
    stream.pending = undefined;
    if (batch.length >= limit) return { batch, done: false };
  }
  const done = await take(
    stream.steps,
    (item) => {
      if (batch.length > 0 && bytes + item.length > BATCH_BYTES) {
        stream.pending = item;
        return false;
      }
      bytes += item.length;
      return batch.push(item) < limit;
    },
    deadline,
  );
  return { batch, done };
}
