import { type Document, encode } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { buildIndex } from '../build-index.ts';
import { CommandError, notInSubset } from '../errors.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { compileIndex } from '../storage/compile-index.ts';
import { cursorOf } from './answers.ts';
import { keyText } from './find.ts';
import { checkIndexSpec, sameIndex } from './index-spec.ts';
import type { Invocation } from './invocation.ts';
import { mayCarry } from './known-fields.ts';

export async function createIndexes(invocation: Invocation): Promise<Document> {
  const { database, collection: name, typed } = invocation;
  const { engine } = invocation.runtime;
  if (!Array.isArray(typed.indexes) || typed.indexes.length === 0)
    throw new CommandError('BadValue', 'Must specify at least one index to create');
  const specs = typed.indexes.map(checkIndexSpec);
  const state = { existed: true, before: 0 };
  const added = await engine.write(() => {
    state.existed = engine.catalog.find(database, name) !== undefined;
    const collection = engine.ensure(database, name);
    state.before = collection.indexes.length;
    const fresh = specs.filter((spec) => isFresh(collection, spec));
    const isEmpty = engine.catalog.count(collection) === 0;
    const indexes = fresh.map((spec) => engine.catalog.newIndex(spec, isEmpty));
    collection.indexes = [...collection.indexes, ...indexes];
    engine.catalog.save(collection);
    return { collection, indexes };
  });
  for (const index of added.indexes) if (!index.ready) await buildIndex(engine, added.collection, index);
  return {
    numIndexesBefore: state.before,
    numIndexesAfter: state.before + added.indexes.length,
    createdCollectionAutomatically: !state.existed,
    ...(added.indexes.length === 0 && { note: 'all indexes already exist' }),
    ok: 1,
  };
}

/** Throws when an index of the same name or key exists and differs. */
function isFresh(collection: Collection, spec: Document): boolean {
  for (const index of collection.indexes) {
    const sameName = index.name === spec.name;
    const sameKey = keyText(index.spec.key as Document) === keyText(spec.key as Document);
    if (sameName && sameKey && sameIndex(index.spec, spec)) return false;
    if (sameName)
      throw new CommandError(
        sameKey ? 'IndexOptionsConflict' : 'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(index.spec)}`,
      );
    if (!sameKey) continue;
    if (index.name === '_id_') return false;
    throw new CommandError(
      'IndexOptionsConflict',
      `Index already exists with a different name: ${index.name}`,
    );
  }
  return true;
}

export async function listIndexes(invocation: Invocation): Promise<Buffer> {
  const collection = existing(invocation);
  const indexes = collection.indexes.filter((index) => index.ready).map((index) => encode(index.spec));
  return cursorOf(invocation, invocation.namespace, indexes);
}

/** Throws NamespaceNotFound. */
export function existing({ runtime, database, collection: name, namespace }: Invocation): Collection {
  const found = runtime.engine.catalog.find(database, name);
  if (!found) throw new CommandError('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return found;
}

export async function dropIndexes(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const wanted = invocation.typed.index;
  return engine.write(() => {
    const collection = existing(invocation);
    const before = collection.indexes.length;
    const dropped = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((item) => chosen(collection, item));
    collection.indexes = collection.indexes.filter((index) => !dropped.includes(index));
    for (const index of dropped) engine.catalog.dropEntries(index);
    engine.catalog.save(collection);
    return { nIndexesWas: before, ok: 1 };
  });
}

function chosen(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes.filter((index) => index.name !== '_id_');
  const key = isObject(wanted) ? keyText(wanted) : undefined;
  const found = collection.indexes.find((index) =>
    key === undefined ? index.name === wanted : keyText(index.spec.key as Document) === key,
  );
  if (!found)
    throw new CommandError(
      'IndexNotFound',
      `index not found with name [${typeof wanted === 'string' ? wanted : JSON.stringify(wanted)}]`,
    );
  if (found.name === '_id_') throw new CommandError('InvalidOptions', 'cannot drop _id index');
  return [found];
}

/** What may be changed about an index: how long its documents live, and whether queries see it. */
const CHANGEABLE = ['expireAfterSeconds', 'hidden'];

export async function collMod(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const given = invocation.typed.index;
  const stray = Object.keys(invocation.plain).find(
    (key) => !['collMod', 'index'].includes(key) && !mayCarry(key),
  );
  if (stray) throw notInSubset(`The collMod option ${stray}`, 'InvalidOptions');
  if (given === undefined) return engine.write(() => existing(invocation) && { ok: 1 });
  const { name, keyPattern, ...change } = isObject(given) ? given : {};
  const unknown = Object.keys(change).find((option) => !CHANGEABLE.includes(option));
  if (unknown) throw notInSubset(`Changing ${unknown} of an index`, 'InvalidOptions');
  if (Object.keys(change).length === 0)
    throw new CommandError('InvalidOptions', 'no expireAfterSeconds or hidden field');
  return engine.write(() => {
    const collection = existing(invocation);
    const [index] = chosen(collection, name ?? keyPattern);
    if (!index) return { ok: 1 };
    const told = Object.keys(change).flatMap((option) => [
      [`${option}_old`, index.spec[option] ?? (option === 'hidden' ? false : undefined)],
      [`${option}_new`, change[option]],
    ]);
    // In place, since whoever builds it holds on to it.
    Object.assign(index, compileIndex(index.id, checkIndexSpec({ ...index.spec, ...change }), index));
    engine.catalog.save(collection);
    return { ...Object.fromEntries(told.filter(([, value]) => value !== undefined)), ok: 1 };
  });
}
