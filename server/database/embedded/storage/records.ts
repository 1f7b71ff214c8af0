import { changedFields } from '../bson/changed-fields.ts';
import { type Document, readPlain } from '../bson/codec.ts';
import { CommandError } from '../errors.ts';
import type { Catalog, Collection, Index } from './catalog.ts';
import { encodeKey, fitKey, isCut } from './encode-key.ts';
import { indexTuples } from './index-keys.ts';
import type { Store } from './store.ts';

/** MongoDB's limit of one document, in bytes. */
export const DOCUMENT_LIMIT = 16 * 1024 * 1024;

/** Documents with their index entries, changed together. Every method runs inside Store.write. */
export class Records {
  private readonly store: Store;
  private readonly catalog: Catalog;

  constructor(store: Store, catalog: Catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /** Throws DuplicateKey before anything is written. */
  insert(collection: Collection, raw: Buffer, document: Document): number {
    checkSize(raw.length);
    const changes = this.plan(collection, undefined, document, 0);
    const record = (collection.lastRecord ?? this.store.lastRecord(collection.id)) + 1;
    collection.lastRecord = record;
    this.store.putDocument(collection.id, record, raw);
    this.apply(changes, record);
    this.catalog.addCount(collection, 1);
    return record;
  }

  /** Throws DuplicateKey before anything is written. */
  replace(collection: Collection, before: Stored, raw: Buffer): void {
    checkSize(raw.length);
    const { record } = before;
    const changed = changedFields(before.raw, raw);
    const touched = collection.indexes.filter((index) => mayChange(index, changed));
    if (touched.length > 0) {
      const change = { before: before.document, after: readPlain(raw), record };
      const changes = touched.map((index) => this.planIndex(collection, index, change));
      this.apply(changes, record);
    }
    this.store.putDocument(collection.id, record, raw);
  }

  remove(collection: Collection, record: number, document: Document): void {
    this.apply(this.plan(collection, document, undefined, record), record);
    this.store.removeDocument(collection.id, record);
    this.catalog.addCount(collection, -1);
  }

  /** Adds what an existing document contributes to an index being built. Throws DuplicateKey. */
  addToIndex(collection: Collection, index: Index, record: number, document: Document): void {
    const change = this.planIndex(collection, index, { before: undefined, after: document, record });
    this.apply([change], record);
  }

  private plan(
    collection: Collection,
    before: Document | undefined,
    after: Document | undefined,
    record: number,
  ): Change[] {
    return collection.indexes.map((index) => this.planIndex(collection, index, { before, after, record }));
  }

  private planIndex(collection: Collection, index: Index, change: DocumentChange): Change {
    const old = change.before ? keysOf(index, change.before) : NO_KEYS;
    const next = change.after ? keysOf(index, change.after) : NO_KEYS;
    if ((next.isMultikey && !index.multikey) || (next.isCut && !index.cut)) {
      index.multikey ||= next.isMultikey;
      index.cut ||= next.isCut;
      this.catalog.save(collection);
    }
    const removed = old.keys.filter((key) => !next.keys.some((other) => other.equals(key)));
    const added = next.keys.filter((key) => !old.keys.some((other) => other.equals(key)));
    if (index.unique) for (const key of added) this.checkUnique(collection, index, key, change);
    return { index, removed, added };
  }

  private checkUnique(collection: Collection, index: Index, key: Buffer, change: DocumentChange): void {
    if (this.store.hasOtherEntry(index.id, key, change.record))
      throw duplicateKey(collection, index, key, change.after ?? {});
  }

  private apply(changes: readonly Change[], record: number): void {
    for (const { index, removed, added } of changes) {
      for (const key of removed) this.store.removeEntry(index.id, key, record);
      for (const key of added) this.store.putEntry(index.id, key, record);
    }
  }
}

/** A document as it stands; decoded only when an index asks for it. */
interface Stored {
  readonly record: number;
  readonly raw: Buffer;
  readonly document: Document;
}

/** A partial index may take a document in or drop it for any field. */
function mayChange(index: Index, changed: ReadonlySet<string>): boolean {
  return index.partial !== undefined || index.fields.some(({ parts }) => changed.has(parts[0] ?? ''));
}

interface DocumentChange {
  before: Document | undefined;
  after: Document | undefined;
  record: number;
}

interface Change {
  index: Index;
  removed: Buffer[];
  added: Buffer[];
}

const NO_KEYS = { keys: [] as Buffer[], isMultikey: false, isCut: false };

/** The keys under which an index holds a document. */
export function keysOf(index: Index, document: Document): typeof NO_KEYS {
  if (index.partial && !index.partial.matches(document)) return NO_KEYS;
  const found = indexTuples(document, index.paths);
  if (index.sparse && !found.isPresent) return NO_KEYS;
  const keys = found.tuples.map((tuple) => fitKey(encodeKey(tuple, index.directions)));
  const distinct = found.isMultikey
    ? keys.filter((key, i) => keys.findIndex((k) => k.equals(key)) === i)
    : keys;
  return { keys: distinct, isMultikey: found.isMultikey, isCut: keys.some(isCut) };
}

function duplicateKey(collection: Collection, index: Index, key: Buffer, document: Document): CommandError {
  const tuple = indexTuples(document, index.paths).tuples.find((values) =>
    fitKey(encodeKey(values, index.directions)).equals(key),
  );
  const entries = index.fields.map((field, i) => [field.path, tuple?.[i] ?? null]);
  const keyValue = Object.fromEntries(entries);
  const shown = entries.map(([path, value]) => `${path}: ${show(value)}`).join(', ');
  return new CommandError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.database}.${collection.name} index: ${index.name} dup key: { ${shown} }`,
    { keyPattern: index.spec.key, keyValue },
  );
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (typeof value === 'object' && value !== null && 'toHexString' in value)
    return `ObjectId('${(value as { toHexString(): string }).toHexString()}')`;
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

function checkSize(size: number): void {
  if (size > DOCUMENT_LIMIT)
    throw new CommandError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${size}, max size: ${DOCUMENT_LIMIT}`,
    );
}
