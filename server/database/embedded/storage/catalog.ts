import { randomUUID } from 'node:crypto';
import { deserialize, serialize } from 'bson';
import type { Document } from '../bson/codec.ts';
import type { Filter } from '../query/filter.ts';
import type { Store } from './store.ts';

export interface Index {
  readonly id: number;
  readonly name: string;
  /** As the client gave it: key, unique, sparse and the like, in the order listIndexes shows. */
  readonly spec: Document;
  readonly fields: readonly IndexField[];
  /** The fields' paths, in parts, and their directions: what every key is made with. */
  readonly paths: readonly (readonly string[])[];
  readonly directions: readonly (1 | -1)[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Filter | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** Some document has an array under an indexed path: one document may have several entries. */
  multikey: boolean;
  /** Some key was too long and is cut: the index tells neither order nor values for sure. */
  cut: boolean;
  /** False while it is being built; queries leave it alone. */
  ready: boolean;
}

export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

export interface Collection {
  readonly database: string;
  name: string;
  readonly id: number;
  readonly uuid: string;
  readonly options: Document;
  indexes: Index[];
  /** Not known before the first insert. */
  lastRecord: number | undefined;
}

/** How an index is rebuilt from its stored form; given by the commands' side, which can parse filters. */
export type CompileIndex = (id: number, spec: Document, state: IndexState) => Index;
export interface IndexState {
  readonly multikey: boolean;
  readonly cut: boolean;
  readonly ready: boolean;
}

/** Which collections and indexes exist. Kept in memory and on disk alike; changes happen inside Store.write. */
export class Catalog {
  private readonly store: Store;
  private readonly compile: CompileIndex;
  private collections = new Map<string, Collection>();

  constructor(store: Store, compile: CompileIndex) {
    this.store = store;
    this.compile = compile;
    this.load();
  }

  /** Reads everything from disk again, as after a commit that failed. */
  load(): void {
    this.collections = new Map();
    for (const [, bytes] of this.store.namedFrom('collection/')) {
      const saved = deserialize(bytes) as unknown as SavedCollection;
      const { database, name, id, uuid, options } = saved;
      const indexes = saved.indexes.map((index) => this.compile(index.id, index.spec, index));
      this.collections.set(`${database}.${name}`, {
        ...{ database, name, id, uuid, options, indexes },
        lastRecord: undefined,
      });
    }
  }

  find(database: string, name: string): Collection | undefined {
    return this.collections.get(`${database}.${name}`);
  }

  all(): Collection[] {
    return [...this.collections.values()];
  }

  inDatabase(database: string): Collection[] {
    return this.all().filter((collection) => collection.database === database);
  }

  create(database: string, name: string, options: Document): Collection {
    const collection: Collection = {
      ...{ database, name, options, id: this.nextId(), uuid: randomUUID() },
      indexes: [this.newIndex({ v: 2, key: { _id: 1 }, name: '_id_' }, true)],
      lastRecord: undefined,
    };
    this.collections.set(`${database}.${name}`, collection);
    this.save(collection);
    return collection;
  }

  /** An index that is not part of its collection yet. */
  newIndex(spec: Document, ready: boolean): Index {
    return this.compile(this.nextId(), spec, { multikey: false, cut: false, ready });
  }

  save(collection: Collection): void {
    const { database, name, id, uuid, options } = collection;
    const indexes = collection.indexes.map(({ id, spec, multikey, cut, ready }) => ({
      ...{ id, spec, multikey, cut, ready },
    }));
    this.store.putNamed(
      key(database, name),
      Buffer.from(serialize({ database, name, id, uuid, options, indexes })),
    );
  }

  /** Forgets a collection; its documents and entries are left to purge(). */
  drop(collection: Collection): void {
    this.collections.delete(`${collection.database}.${collection.name}`);
    this.store.removeNamed(key(collection.database, collection.name));
    this.store.putNamed(`drop/documents/${collection.id}`, Buffer.from('1'));
    this.store.removeNamed(`count/${collection.id}`);
    for (const index of collection.indexes) this.dropEntries(index);
  }

  dropEntries(index: Index): void {
    this.store.putNamed(`drop/entries/${index.id}`, Buffer.from('1'));
  }

  rename(collection: Collection, database: string, name: string): void {
    this.collections.delete(`${collection.database}.${collection.name}`);
    this.store.removeNamed(key(collection.database, collection.name));
    const renamed = { ...collection, database, name };
    this.collections.set(`${database}.${name}`, renamed);
    this.save(renamed);
  }

  count(collection: Collection): number {
    return this.store.named(`count/${collection.id}`)?.readDoubleLE() ?? 0;
  }

  addCount(collection: Collection, difference: number): void {
    const value = Buffer.allocUnsafe(8);
    value.writeDoubleLE(this.count(collection) + difference);
    this.store.putNamed(`count/${collection.id}`, value);
  }

  private nextId(): number {
    const id = (this.store.named('next-id')?.readUInt32LE() ?? 0) + 1;
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeUInt32LE(id);
    this.store.putNamed('next-id', bytes);
    return id;
  }
}

interface SavedCollection {
  database: string;
  name: string;
  id: number;
  uuid: string;
  options: Document;
  indexes: ({ id: number; spec: Document } & IndexState)[];
}

function key(database: string, name: string): string {
  return `collection/${database}.${name}`;
}
