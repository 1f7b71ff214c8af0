import { ObjectId } from 'bson';
import { type Document, encode, readTyped } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { type Application, applyUpdate, checkId, idFirst } from './apply-update.ts';
import type { Update } from './parse-update.ts';
import { targetsOf } from './target.ts';

/** The document an upsert inserts: what the filter demands to be equal, then the update. */
export function upsertDocument(
  filter: Document,
  update: Update,
  application: Omit<Application, 'isInsert'>,
): Document {
  const seed: Document = {};
  if (update.kind === 'replacement') {
    const id = equalities(filter).find(([path]) => path === '_id')?.[1];
    const document = id === undefined ? update.document : { _id: id, ...update.document };
    return withId(document);
  }
  for (const [path, value] of equalities(filter))
    for (const target of targetsOf(seed, path, true, application.positions)) target.set(value);
  const raw = applyUpdate(encode(seed), update, { ...application, isInsert: true });
  return withId(readTyped(raw));
}

function withId(document: Document): Document {
  const complete = '_id' in document ? idFirst(document) : { _id: new ObjectId(), ...document };
  checkId(complete._id);
  return complete;
}

/** Paths that a filter holds to one value, through $and, $eq, a single $or and a single $in or $all. */
function equalities(filter: Document): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, value]): [string, unknown][] => {
    if (key === '$and' && Array.isArray(value)) return value.flatMap(equalities);
    if (key === '$or' && Array.isArray(value)) return value.length === 1 ? equalities(value[0]) : [];
    if (key.startsWith('$')) return [];
    if (!isObject(value) || !Object.keys(value)[0]?.startsWith('$') || '$ref' in value || '$id' in value)
      return isPattern(value) ? [] : [[key, value]];
    if ('$eq' in value) return [[key, value.$eq]];
    for (const list of [value.$in, value.$all])
      if (Array.isArray(list) && list.length === 1 && !isOperator(list[0])) return [[key, list[0]]];
    return [];
  });
}

const isPattern = (value: unknown) =>
  typeof value === 'object' && value !== null && 'pattern' in value && !isObject(value);
const isOperator = (value: unknown) =>
  isPattern(value) || (isObject(value) && Object.keys(value)[0]?.startsWith('$'));
