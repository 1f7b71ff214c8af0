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

interface Cursor {
  readonly id: Long;
  readonly namespace: string;
  readonly steps: Steps;
  /** Found, but too large for the batch before. */
  pending: Uint8Array | undefined;
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
    const cursor: Cursor = {
      ...{ id: newId(), namespace, steps, pending: undefined },
      usedAt: Date.now(),
      inUse: false,
    };
    const { batch, done } = await nextBatch(cursor, batchSize ?? FIRST_BATCH, deadline);
    const isOpen = !done && !single;
    if (isOpen) this.open.set(cursor.id.toString(), cursor);
    else steps.return?.();
    return cursorReply('firstBatch', namespace, isOpen ? cursor.id : Long.ZERO, batch);
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
  cursor: Cursor,
  limit: number,
  deadline: number,
): Promise<{ batch: Uint8Array[]; done: boolean }> {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  if (limit === 0) return { batch, done: false };
  if (cursor.pending) {
    batch.push(cursor.pending);
    bytes = cursor.pending.length;
    cursor.pending = undefined;
    if (batch.length >= limit) return { batch, done: false };
  }
  const accept = (item: Uint8Array) => {
    if (batch.length > 0 && bytes + item.length > BATCH_BYTES) {
      cursor.pending = item;
      return false;
    }
    bytes += item.length;
    return batch.push(item) < limit;
  };
  const done = await take(cursor.steps, accept, deadline);
  return { batch, done };
}
