import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { cursorReply } from './bson/cursor-reply.ts';
import { take } from './engine.ts';
import { CommandError } from './errors.ts';

/** MongoDB's first batch when the client names none, in documents. */
const FIRST_BATCH = 101;
/** MongoDB's limit of one batch, in bytes. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** A later batch for which the client names no size: smaller than allowed, so that a scan holds little, in bytes. */
const SCAN_BYTES = 4 * 1024 * 1024;
/** A cursor that nobody asks for this long is closed, in milliseconds. */
const IDLE_LIMIT = 10 * 60_000;
/** The same for one with noCursorTimeout: with its session, which MongoDB ends after half an hour. */
const SESSION_LIMIT = 30 * 60_000;
/** A cursor more closes the one that was not asked for longest. */
const MOST_CURSORS = 1000;

type Steps = Iterator<Uint8Array | undefined>;

export interface Opening {
  readonly namespace: string;
  readonly steps: Steps;
  readonly batchSize: number | undefined;
  readonly single: boolean;
  /** A moment of performance.now(); what is left of it after a batch is left for the batches that follow. */
  readonly deadline: number;
  /** The logical session that owns the cursor. */
  readonly session?: string | undefined;
  readonly isPatient?: boolean;
}

interface Source {
  readonly steps: Steps;
  /** Found, but too large for the batch before. */
  pending: Uint8Array | undefined;
  /** What maxTimeMS leaves, in milliseconds of work. */
  timeLeft: number;
}

interface Cursor extends Source {
  readonly id: Long;
  readonly namespace: string;
  readonly session: string | undefined;
  readonly isPatient: boolean;
  usedAt: number;
  inUse: boolean;
}

interface Asking {
  readonly id: Long;
  readonly namespace: string;
  readonly batchSize: number | undefined;
  readonly session: string | undefined;
}

/** Open cursors, the longest unused first: each holds where it is and a page of documents at most. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private readonly now: () => number;
  private readonly most: number;

  constructor({ now = Date.now, most = MOST_CURSORS } = {}) {
    this.now = now;
    this.most = most;
  }

  /** The first batch as a reply, and a cursor for the rest if there is one. */
  async start(opening: Opening): Promise<Buffer> {
    const { namespace, steps, session, isPatient = false, batchSize = FIRST_BATCH } = opening;
    const source: Source = { steps, pending: undefined, timeLeft: opening.deadline - performance.now() };
    const { batch, done } = await nextBatch(source, batchSize, BATCH_BYTES);
    const isOpen = !done && !opening.single;
    const id = isOpen ? newId() : Long.ZERO;
    if (isOpen) this.keep({ ...source, id, namespace, session, isPatient, usedAt: 0, inUse: false });
    else steps.return?.();
    return cursorReply('firstBatch', namespace, id, batch);
  }

  /** Throws CursorNotFound for what is closed, and MongoDB's errors for a cursor of another collection or session. */
  async more(asking: Asking): Promise<Buffer> {
    const { id, namespace, batchSize } = asking;
    const cursor = this.open.get(id.toString());
    if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${id} not found`);
    checkOwner(cursor, asking);
    if (cursor.inUse) throw new CommandError(12051, `cursor id ${id} is already in use`);
    cursor.inUse = true;
    try {
      const { batch, done } = batchSize
        ? await nextBatch(cursor, batchSize, BATCH_BYTES)
        : await nextBatch(cursor, Number.POSITIVE_INFINITY, SCAN_BYTES);
      if (done) this.open.delete(id.toString());
      return cursorReply('nextBatch', namespace, done ? Long.ZERO : id, batch);
    } catch (error) {
      this.open.delete(id.toString());
      throw error;
    } finally {
      cursor.inUse = false;
      if (this.open.delete(id.toString())) this.keep(cursor);
    }
  }

  kill(id: Long): boolean {
    const cursor = this.open.get(id.toString());
    if (cursor && !cursor.inUse) cursor.steps.return?.();
    return this.open.delete(id.toString());
  }

  /** Closes what belongs to these sessions. */
  endSessions(sessions: ReadonlySet<string>): void {
    for (const { id, session } of [...this.open.values()])
      if (session !== undefined && sessions.has(session)) this.kill(id);
  }

  /** Keeps the patient cursors of these sessions for another half hour. */
  refreshSessions(sessions: ReadonlySet<string>): void {
    for (const cursor of this.open.values())
      if (cursor.isPatient && sessions.has(cursor.session ?? '')) cursor.usedAt = this.now();
  }

  closeIdle(): void {
    for (const cursor of [...this.open.values()]) {
      const limit = cursor.isPatient ? SESSION_LIMIT : IDLE_LIMIT;
      if (!cursor.inUse && this.now() - cursor.usedAt > limit) this.kill(cursor.id);
    }
  }

  get count(): number {
    return this.open.size;
  }

  /** As the one used last; closes others when there are too many. */
  private keep(cursor: Cursor): void {
    cursor.usedAt = this.now();
    for (const other of this.open.values()) {
      if (this.open.size < this.most) break;
      if (!other.inUse) this.kill(other.id);
    }
    this.open.set(cursor.id.toString(), cursor);
  }
}

function checkOwner(cursor: Cursor, { id, namespace, session }: Asking): void {
  if (cursor.namespace !== namespace)
    throw new CommandError(
      'Unauthorized',
      `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
    );
  if (cursor.session === session) return;
  const origin = cursor.session ? `created in session ${cursor.session}` : 'not created in a session';
  const asker = session ? `in session ${session}` : 'without an lsid';
  throw new CommandError(
    cursor.session === undefined ? 50736 : session === undefined ? 50737 : 50738,
    `Cannot run getMore on cursor ${id}, which was ${origin}, ${asker}`,
  );
}

/** Positive, because 0 means that nothing is left. */
function newId(): Long {
  const bits = randomBytes(8).readBigUInt64LE() & 0x7fffffffffffffffn;
  return Long.fromBigInt(bits || 1n);
}

interface Batch {
  readonly batch: readonly Uint8Array[];
  readonly done: boolean;
}

async function nextBatch(source: Source, limit: number, limitBytes: number): Promise<Batch> {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  if (limit === 0) return { batch, done: false };
  if (source.pending) {
    batch.push(source.pending);
    bytes = source.pending.length;
    source.pending = undefined;
    if (batch.length >= limit) return { batch, done: false };
  }
  const accept = (item: Uint8Array) => {
    if (batch.length > 0 && bytes + item.length > limitBytes) {
      source.pending = item;
      return false;
    }
    bytes += item.length;
    return batch.push(item) < limit;
  };
  const begins = performance.now();
  const done = await take(source.steps, accept, begins + source.timeLeft);
  source.timeLeft -= performance.now() - begins;
  return { batch, done };
}
