import { Binary } from 'bson';
import { type Document, encode } from '../bson/codec.ts';
import { equalValues } from '../bson/compare.ts';
import { checkCollection, documentBytes } from '../check-collection.ts';
import { compileFilter } from '../engine.ts';
import { CommandError, notInSubset } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import { cursorOf } from './answers.ts';
import { existing } from './indexes.ts';
import { checkCollectionName, type Invocation } from './invocation.ts';

const generic = [
  'create',
  '$db',
  'lsid',
  'writeConcern',
  'comment',
  '$readPreference',
  '$clusterTime',
  'maxTimeMS',
];
const harmless = ['autoIndexId', 'idIndex', 'collation', 'storageEngine', 'indexOptionDefaults', 'flags'];

export async function create(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const { database, collection: name, typed } = invocation;
  for (const [option, value] of Object.entries(typed))
    if (!generic.includes(option) && !harmless.includes(option) && value !== false)
      throw notInSubset(`The option ${option} of create`, 'InvalidOptions');
  await engine.write(() => {
    const found = engine.catalog.find(database, name);
    if (found && !equalValues(found.options, {}))
      throw new CommandError('NamespaceExists', `Collection ${database}.${name} already exists.`);
    if (!found) engine.catalog.create(database, name, {});
  });
  return { ok: 1 };
}

export async function drop(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  return engine.write(() => {
    const found = engine.catalog.find(invocation.database, invocation.collection);
    if (!found) return { ok: 1 };
    engine.catalog.drop(found);
    return { nIndexesWas: found.indexes.length, ns: invocation.namespace, ok: 1 };
  });
}

export async function dropDatabase(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  return engine.write(() => {
    const collections = engine.catalog.inDatabase(invocation.database);
    for (const collection of collections) engine.catalog.drop(collection);
    return collections.length > 0 ? { dropped: invocation.database, ok: 1 } : { ok: 1 };
  });
}

export async function renameCollection(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const from = splitNamespace(invocation.plain.renameCollection);
  const to = splitNamespace(invocation.plain.to);
  return engine.write(() => {
    const source = engine.catalog.find(from.database, from.name);
    if (!source)
      throw new CommandError(
        'NamespaceNotFound',
        `Source collection ${from.database}.${from.name} does not exist`,
      );
    const target = engine.catalog.find(to.database, to.name);
    if (target && invocation.plain.dropTarget !== true)
      throw new CommandError('NamespaceExists', 'target namespace exists');
    if (target === source) throw new CommandError('IllegalOperation', "Can't rename a collection to itself");
    if (target) engine.catalog.drop(target);
    engine.catalog.rename(source, to.database, to.name);
    return { ok: 1 };
  });
}

function splitNamespace(given: unknown): { database: string; name: string } {
  const text = String(given);
  const dot = text.indexOf('.');
  if (dot <= 0) throw new CommandError('InvalidNamespace', `Invalid namespace specified '${text}'`);
  const database = text.slice(0, dot);
  return { database, name: checkCollectionName(database, text.slice(dot + 1)) };
}

export async function listCollections(invocation: Invocation): Promise<Buffer> {
  const { database, runtime } = invocation;
  const filter = compileFilter(invocation.plain.filter);
  const shown = runtime.engine.catalog
    .inDatabase(database)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(describe)
    .filter((description) => filter.matches(description));
  const nameOnly = invocation.flag('nameOnly');
  const items = shown.map(({ name, type, ...rest }) =>
    encode(nameOnly ? { name, type } : { name, type, ...rest }),
  );
  return cursorOf(invocation, `${database}.$cmd.listCollections`, items);
}

function describe(collection: Collection): Document {
  const uuid = new Binary(Buffer.from(collection.uuid.replaceAll('-', ''), 'hex'), Binary.SUBTYPE_UUID);
  return {
    ...{ name: collection.name, type: 'collection', options: collection.options },
    info: { readOnly: false, uuid },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  };
}

export async function listDatabases(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const filter = compileFilter(invocation.plain.filter);
  const names = [...new Set(engine.catalog.all().map((collection) => collection.database))].sort();
  if (invocation.flag('nameOnly')) {
    const databases = names.map((name) => ({ name })).filter((description) => filter.matches(description));
    return { databases, ok: 1 };
  }
  const described = [];
  for (const name of names) {
    const sizeOnDisk = await documentBytes(engine, engine.catalog.inDatabase(name));
    described.push({ name, sizeOnDisk, empty: false });
  }
  const databases = described.filter((description) => filter.matches(description));
  const totalSize = databases.reduce((sum, { sizeOnDisk }) => sum + sizeOnDisk, 0);
  return { databases, totalSize, totalSizeMb: Math.floor(totalSize / 1048576), ok: 1 };
}

/** Sizes are of documents alone: what a collection takes in the one data file is not known. */
export async function collStats(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const collection = engine.catalog.find(invocation.database, invocation.collection);
  const count = collection ? engine.catalog.count(collection) : 0;
  const size = collection ? await documentBytes(engine, [collection]) : 0;
  return {
    ...{ ns: invocation.namespace, size, count, ...(count > 0 && { avgObjSize: Math.floor(size / count) }) },
    ...{ nindexes: collection?.indexes.length ?? 0, capped: false, scaleFactor: 1, ok: 1 },
  };
}

export async function dbStats(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const collections = engine.catalog.inDatabase(invocation.database);
  const objects = collections.reduce((sum, collection) => sum + engine.catalog.count(collection), 0);
  const dataSize = await documentBytes(engine, collections);
  return {
    ...{ db: invocation.database, collections: collections.length, views: 0, objects },
    ...{ avgObjSize: objects > 0 ? dataSize / objects : 0, dataSize },
    indexes: collections.reduce((sum, collection) => sum + collection.indexes.length, 0),
    ...{ scaleFactor: 1, ok: 1 },
  };
}

/** Compares documents and index entries; `valid` says whether they agree. */
export async function validate(invocation: Invocation): Promise<Document> {
  const collection = existing(invocation);
  const found = await checkCollection(invocation.runtime.engine, collection);
  return { ns: invocation.namespace, ...found, ok: 1 };
}
