import { randomUUID } from 'node:crypto';
import { ObjectId } from 'bson';
import { type Document, encode, readPlain } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { checkCollectionName } from '../commands/invocation.ts';
import { compileFilter, type Engine, take } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { insertUpsert, prepareUpdate, updateMatch } from '../update/run-update.ts';
import { changeOne } from '../write-one.ts';
import type { Stream } from './stage.ts';

interface Target {
  database: string;
  name: string;
}

function targetOf(given: unknown, database: string): Target {
  if (typeof given === 'string') return { database, name: checkCollectionName(database, given) };
  if (!isObject(given) || typeof given.coll !== 'string')
    throw new CommandError('FailedToParse', 'the target collection must be a string or {db, coll}');
  const other = typeof given.db === 'string' ? given.db : database;
  return { database: other, name: checkCollectionName(other, given.coll) };
}

export interface Writing {
  readonly engine: Engine;
  readonly database: string;
  /** What $out or $merge was given. */
  readonly spec: unknown;
  readonly stream: Stream;
  readonly deadline: number;
}

/** $out: the target is replaced all at once, its indexes stay. */
export async function writeOut(writing: Writing): Promise<void> {
  const { engine, database, spec } = writing;
  const target = targetOf(spec, database);
  const temporary = `tmp.agg_out.${randomUUID()}`;
  await engine.write(() => {
    const made = engine.catalog.create(target.database, temporary, {});
    const old = engine.catalog.find(target.database, target.name);
    for (const index of old?.indexes.slice(1) ?? [])
      made.indexes.push(engine.catalog.newIndex(index.spec, true));
    engine.catalog.save(made);
  });
  try {
    for await (const batch of batches(writing))
      await engine.write(() => {
        const made = engine.ensure(target.database, temporary);
        for (const document of batch) insertOne(engine, made, document);
      });
    await engine.write(() => {
      const old = engine.catalog.find(target.database, target.name);
      if (old) engine.catalog.drop(old);
      engine.catalog.rename(engine.ensure(target.database, temporary), target.database, target.name);
    });
  } catch (error) {
    await engine.write(() => {
      const made = engine.catalog.find(target.database, temporary);
      if (made) engine.catalog.drop(made);
    });
    throw error;
  }
}

function insertOne(
  engine: Engine,
  collection: Parameters<Engine['records']['insert']>[0],
  document: Document,
): void {
  const complete = document._id === undefined ? { _id: new ObjectId(), ...document } : document;
  const raw = encode(complete);
  engine.records.insert(collection, raw, readPlain(raw));
}

/** $merge: each document is matched by `on` and merged, replaced, kept or refused. */
export async function mergeInto(writing: Writing): Promise<void> {
  const { engine, database, spec } = writing;
  const given: Document =
    typeof spec === 'string' || (isObject(spec) && !('into' in spec)) ? { into: spec } : (spec as Document);
  const target = targetOf(given.into, database);
  const on = Array.isArray(given.on) ? given.on.map(String) : [String(given.on ?? '_id')];
  if (on.join() !== '_id' && !hasUniqueIndex(engine, target, on))
    throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
  for await (const batch of batches(writing))
    for (const document of batch) await mergeOne(engine, target, { on, given, document });
}

const BATCH = 200;

/** The documents of a stream, a few at a time: no more are held, whatever the stream brings. */
async function* batches({ stream, deadline }: Writing): AsyncGenerator<Document[]> {
  for (let isDone = false; !isDone; ) {
    const batch: Document[] = [];
    isDone = await take(stream, (document) => batch.push(document) < BATCH, deadline);
    yield batch;
  }
}

function hasUniqueIndex(engine: Engine, target: Target, on: readonly string[]): boolean {
  const indexes = engine.catalog.find(target.database, target.name)?.indexes ?? [];
  const wanted = [...on].sort().join();
  return indexes.some(
    (index) =>
      index.unique &&
      index.fields
        .map((field) => field.path)
        .sort()
        .join() === wanted,
  );
}

async function mergeOne(
  engine: Engine,
  target: Target,
  { on, given, document }: { on: readonly string[]; given: Document; document: Document },
): Promise<void> {
  const complete: Document = document._id === undefined ? { _id: new ObjectId(), ...document } : document;
  const query = Object.fromEntries(on.map((path) => [path, { $eq: complete[path] ?? null }]));
  const filter = compileFilter(query);
  const { whenMatched = 'merge', whenNotMatched = 'insert' } = given;
  const ask = () => {
    const collection = engine.catalog.find(target.database, target.name);
    return collection && { collection, filter, sort: [], limit: 1 };
  };
  await changeOne(engine, ask, (match, asked) => {
    if (match && asked) {
      if (whenMatched === 'keepExisting') return;
      if (whenMatched === 'fail') throw alreadyThere(target, on, complete);
      updateMatch(engine, asked, match, matchedUpdate(whenMatched, complete, given));
    } else if (whenNotMatched === 'insert')
      insertUpsert(engine, target, {}, prepareUpdate({ u: complete, variables: {} }));
    else if (whenNotMatched === 'fail')
      throw new CommandError(
        13113,
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
  });
}

function alreadyThere({ database, name }: Target, on: readonly string[], document: Document): CommandError {
  const keyPattern = Object.fromEntries(on.map((path) => [path, 1]));
  const keyValue = Object.fromEntries(on.map((path) => [path, document[path] ?? null]));
  return new CommandError(
    'DuplicateKey',
    `PlanExecutor error during aggregation :: caused by :: E11000 duplicate key error collection: ${database}.${name} dup key: ${JSON.stringify(keyValue)}`,
    { keyPattern, keyValue },
  );
}

function matchedUpdate(whenMatched: unknown, document: Document, given: Document) {
  if (Array.isArray(whenMatched))
    return prepareUpdate({
      u: whenMatched,
      variables: { new: document, ...((given.let ?? {}) as Document) },
    });
  if (whenMatched === 'replace') return prepareUpdate({ u: document, variables: {} });
  const { _id, ...fields } = document;
  return prepareUpdate({ u: [{ $set: literally(fields) }], variables: {} });
}

const literally = (fields: Document) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { $literal: value }]));
