import { mkdirSync } from 'node:fs';
import type { Database, RootDatabase } from 'lmdb';
import { CommandError } from '../errors.ts';
import { openFile } from './open-file.ts';
import { documentKey, entryKey, ID_LENGTH, idBytes, prefixed, RECORD_LENGTH } from './store-keys.ts';
import { turn } from './turn.ts';

export const LAST_RECORD = 2 ** 48 - 1;

/** What one reading may hold in memory, in bytes, give or take a document. */
const PAGE_BYTES = 1024 * 1024;

interface Page {
  readonly rows: readonly Row[];
  /** Nothing stood behind them when they were read. */
  readonly isLast: boolean;
}

/** One document in the order of insertion. */
interface Row {
  readonly record: number;
  readonly raw: Buffer;
}

/** One index entry: the encoded key without the numbers around it, and the document it stands for. */
export interface Entry {
  readonly key: Buffer;
  readonly record: number;
}

export interface KeyRange {
  /** First key, included; the last key is excluded. */
  readonly from: Buffer;
  readonly to: Buffer;
}

/**
 * The only file that knows lmdb. Documents stand under (collection, record), index entries under
 * (index, key, record), everything else under a name. write() is durable when its promise resolves.
 */
export class Store {
  private readonly root: RootDatabase<Buffer, Buffer>;
  private readonly documents: Database<Buffer, Buffer>;
  private readonly entries: Database<Buffer, Buffer>;
  private readonly names: Database<Buffer, Buffer>;
  private readonly writing = new Set<Promise<unknown>>();
  private state: 'open' | 'closing' | 'closed' = 'open';

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;
    this.root = openFile(directory);
    this.documents = this.root.openDB('documents', binary);
    this.entries = this.root.openDB('entries', binary);
    this.names = this.root.openDB('names', binary);
  }

  /**
   * Runs the work inside a write transaction, together with others that wait: one commit, one flush to disk.
   * What the work throws is thrown on, but its writes stay: check first, write after.
   */
  async write<T>(work: () => T): Promise<T> {
    if (this.state !== 'open') throw shuttingDown();
    const written = this.root.transaction(() => {
      turn.begin();
      return work();
    });
    this.writing.add(written);
    try {
      return await written;
    } finally {
      this.writing.delete(written);
    }
  }

  /**
   * Refuses new writes, waits for those that run, then refuses reads as well: lmdb breaks the process when it is read
   * while it closes.
   */
  async close(): Promise<void> {
    this.state = 'closing';
    await Promise.allSettled(this.writing);
    this.state = 'closed';
    await this.root.close();
  }

  backup(directory: string): Promise<void> {
    return this.root.backup(directory, true);
  }

  document(collection: number, record: number): Buffer | undefined {
    return this.usable(this.documents).getBinary(documentKey(collection, record));
  }

  putDocument(collection: number, record: number, raw: Uint8Array): void {
    this.documents.putSync(documentKey(collection, record), raw as Buffer);
  }

  removeDocument(collection: number, record: number): void {
    this.documents.removeSync(documentKey(collection, record));
  }

  /** At most `limit` documents, and not many more than a megabyte, above `after` (below it, when reversed). */
  rows(collection: number, after: number, limit: number, reverse = false): Page {
    const edge = documentKey(collection, after);
    const end = documentKey(collection, reverse ? 0 : LAST_RECORD);
    const range = this.usable(this.documents).getRange({
      start: edge,
      end,
      limit: limit + 1,
      reverse,
      inclusiveEnd: true,
    });
    const rows: Row[] = [];
    let bytes = 0;
    for (const { key, value } of range) {
      const record = key.readUIntBE(ID_LENGTH, RECORD_LENGTH);
      if (record === after) continue;
      if (rows.length === limit || bytes >= PAGE_BYTES) return { rows, isLast: false };
      rows.push({ record, raw: value });
      bytes += value.length;
    }
    return { rows, isLast: rows.length < limit };
  }

  lastRecord(collection: number): number {
    return this.rows(collection, LAST_RECORD, 1, true).rows[0]?.record ?? 0;
  }

  putEntry(index: number, key: Buffer, record: number): void {
    this.entries.putSync(entryKey(index, key, record), EMPTY);
  }

  removeEntry(index: number, key: Buffer, record: number): void {
    this.entries.removeSync(entryKey(index, key, record));
  }

  hasEntry(index: number, key: Buffer, record: number): boolean {
    return this.usable(this.entries).getBinaryFast(entryKey(index, key, record)) !== undefined;
  }

  /** Whether another document than this one stands under exactly this key. */
  hasOtherEntry(index: number, key: Buffer, record: number): boolean {
    const start = prefixed(index, key);
    for (const found of this.usable(this.entries).getKeys({ start, limit: 2 })) {
      const split = found.length - RECORD_LENGTH;
      if (split !== start.length || start.compare(found, 0, split) !== 0) return false;
      if (found.readUIntBE(split, RECORD_LENGTH) !== record) return true;
    }
    return false;
  }

  /** At most `limit` entries of a range, after (or, reversed, before) the given one. */
  entriesIn(index: number, range: KeyRange, limit: number, options: EntryOptions = {}): Entry[] {
    const { after, reverse = false } = options;
    const low = prefixed(index, range.from);
    const high = prefixed(index, range.to);
    const edge = after && entryKey(index, after.key, after.record);
    const [start, end] = reverse ? [edge ?? high, low] : [edge ?? low, high];
    const found: Entry[] = [];
    const keys = this.usable(this.entries).getKeys({
      start,
      end,
      limit: limit + 1,
      reverse,
      inclusiveEnd: reverse,
    });
    for (const key of keys) {
      if (found.length === limit) break;
      if (reverse ? key.compare(high) >= 0 : false) continue;
      if (edge && key.equals(edge)) continue;
      const split = key.length - RECORD_LENGTH;
      found.push({ key: key.subarray(ID_LENGTH, split), record: key.readUIntBE(split, RECORD_LENGTH) });
    }
    return found;
  }

  /** Removes up to `limit` keys that belong to a dropped collection or index; tells whether some are left. */
  purge(kind: 'documents' | 'entries', id: number, limit: number): boolean {
    const database = this.usable(this[kind]);
    const end = id + 1;
    const keys = [...database.getKeys({ start: idBytes(id), end: idBytes(end), limit })].map((key) =>
      Buffer.from(key),
    );
    for (const key of keys) database.removeSync(key);
    return keys.length === limit;
  }

  named(name: string): Buffer | undefined {
    return this.usable(this.names).getBinary(Buffer.from(name));
  }

  putNamed(name: string, value: Buffer): void {
    this.names.putSync(Buffer.from(name), value);
  }

  removeNamed(name: string): void {
    this.names.removeSync(Buffer.from(name));
  }

  namedFrom(prefix: string): [string, Buffer][] {
    const start = Buffer.from(prefix);
    const end = Buffer.concat([start, Buffer.of(0xff)]);
    const range = this.usable(this.names).getRange({ start, end });
    return [...range].map(({ key, value }) => [key.toString(), value]);
  }

  private usable<D>(database: D): D {
    if (this.state === 'closed') throw shuttingDown();
    return database;
  }
}

interface EntryOptions {
  after?: Entry | undefined;
  reverse?: boolean;
}

const EMPTY = Buffer.alloc(0);

/** Drivers take this code for a reason to try again later. */
function shuttingDown(): CommandError {
  return new CommandError('ShutdownInProgress', 'The server is shutting down');
}
