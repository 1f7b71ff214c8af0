import { expression, isOperator } from '../aggregate/expression.ts';
import type { Document } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError, notInSubset } from '../errors.ts';
import { type ArrayCut, arrayCuts } from './projection-arrays.ts';

/** A projected document from the stored one; `matched` is where the filter matched, for positional projection. */
export type Project = (document: Document, matched: () => number | undefined) => Document;

interface Tree {
  [field: string]: Tree | true;
}

/** Compiles a projection. Throws CommandError with MongoDB's codes, for instance when it both includes and excludes. */
export function parseProjection(spec: Document, variables: Document = {}, use: Use = 'find'): Project {
  const parts = splitProjection(spec, { variables, use });
  const { include, exclude, keepId, computed, cuts, positional } = parts;
  const includes =
    hasFields(include) || (computed.length > 0 && !hasFields(exclude) && cuts.every((cut) => cut.picks));
  if (hasFields(include) && hasFields(exclude))
    throw parts.beginsWith === 'inclusion'
      ? new CommandError(
          31254,
          `Cannot do exclusion on field ${Object.keys(exclude)[0]} in inclusion projection`,
        )
      : new CommandError(
          31253,
          `Cannot do inclusion on field ${Object.keys(include)[0]} in exclusion projection`,
        );
  const onlyPicks = cuts.length > 0 && cuts.every((cut) => cut.picks) && !hasFields(exclude);
  const onlyId = keepId === true && !hasFields(exclude) && cuts.length === 0;
  const isInclusion = includes || onlyId || (onlyPicks && computed.length === 0);
  if (keepId === false) exclude._id = true;
  if (isInclusion && keepId !== false) include._id = true;
  for (const cut of cuts) if (isInclusion) plant(include, cut.path.split('.'));
  return (document, matched) => {
    const base = isInclusion ? included(document, include) : excluded(document, exclude);
    let result = base as Document;
    for (const cut of cuts) result = cut.apply(result, document);
    if (positional !== undefined) result = cutPositional(result, positional, matched());
    for (const { path, evaluate } of computed) setComputed(result, path.split('.'), evaluate(document));
    return result;
  };
}

/**
 * Which top-level fields a projection shows, when it names such fields and does nothing else; otherwise undefined.
 * Of a valid projection only.
 */
export function wantedFields(spec: Document): ((name: string) => boolean) | undefined {
  const named = Object.entries(spec).map(([name, given]) => {
    const isSwitch = isNumeric(given) || typeof given === 'boolean';
    const isShown = isNumeric(given) ? toNumber(given) !== 0 : given === true;
    return { name, isShown, isPlain: isSwitch && !name.includes('.') };
  });
  if (!named.every(({ isPlain }) => isPlain)) return undefined;
  const id = named.find(({ name }) => name === '_id');
  const others = named.filter((field) => field !== id);
  const shows = (others[0] ?? id)?.isShown ?? false;
  const names = new Set(others.map(({ name }) => name));
  // The id is shown unless it is hidden by name.
  if ((id?.isShown ?? true) === shows) names.add('_id');
  return (name) => names.has(name) === shows;
}

/** In a pipeline $slice is an expression and there is no positional projection. */
type Use = 'find' | 'aggregate';
interface Surroundings {
  readonly variables: Document;
  readonly use: Use;
}

interface Split {
  include: Tree;
  exclude: Tree;
  keepId: boolean | undefined;
  /** What the first field says that is not the id. */
  beginsWith: 'inclusion' | 'exclusion' | undefined;
  computed: { path: string; evaluate: (document: Document) => unknown }[];
  cuts: ArrayCut[];
  positional: string | undefined;
}

function splitProjection(spec: Document, around: Surroundings): Split {
  const split: Split = {
    include: {},
    exclude: {},
    keepId: undefined,
    beginsWith: undefined,
    computed: [],
    cuts: [],
    positional: undefined,
  };
  for (const [path, given] of Object.entries(spec)) addField(split, path, given, around);
  return split;
}

function addField(split: Split, path: string, given: unknown, around: Surroundings): void {
  if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (isNumeric(given) || typeof given === 'boolean') {
    const isIncluded = typeof given === 'boolean' ? given : toNumber(given) !== 0;
    if (path !== '_id') split.beginsWith ??= isIncluded ? 'inclusion' : 'exclusion';
    if (path === '_id') split.keepId = isIncluded;
    else if (path.endsWith('.$')) addPositional(split, path, isIncluded);
    else plant(isIncluded ? split.include : split.exclude, path.split('.'));
    return;
  }
  const cut = around.use === 'find' && isObject(given) ? arrayCuts(path, given) : undefined;
  if (cut) split.cuts.push(cut);
  else if (isObject(given) && !Object.keys(given)[0]?.startsWith('$')) {
    if (Object.keys(given).length === 0)
      throw new CommandError(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path`,
      );
    for (const [name, inner] of Object.entries(given)) addField(split, `${path}.${name}`, inner, around);
  } else {
    if (isObject(given) && '$meta' in given) throw notInSubset('Projecting $meta');
    split.computed.push({ path, evaluate: computedField(given, around) });
  }
}

/** A projection names an operator it does not know in its own way. */
function computedField(given: unknown, { variables }: Surroundings): (document: Document) => unknown {
  const [name] = isObject(given) ? Object.keys(given) : [];
  if (name?.startsWith('$') && !isOperator(name)) throw new CommandError(31325, `Unknown expression ${name}`);
  return expression(given, variables);
}

function addPositional(split: Split, path: string, isIncluded: boolean): void {
  if (!isIncluded) throw new CommandError(31395, 'positional projection cannot be used with exclusion');
  if (split.positional !== undefined)
    throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
  split.positional = path.slice(0, -2);
  plant(split.include, split.positional.split('.'));
}

function plant(tree: Tree, parts: readonly string[]): void {
  const [part = '', ...rest] = parts;
  if (part.startsWith('$'))
    throw new CommandError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  const inner = tree[part];
  if (rest.length === 0) {
    if (isObject(inner)) throw new CommandError(31250, `Path collision at ${part}`);
    tree[part] = true;
    return;
  }
  if (inner === true)
    throw new CommandError(31249, `Path collision at ${parts.join('.')} remaining portion ${rest.join('.')}`);
  const next = inner ?? {};
  tree[part] = next;
  plant(next, rest);
}

const hasFields = (tree: Tree) => Object.keys(tree).length > 0;

function included(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.filter((item) => isObject(item) || Array.isArray(item)).map((item) => included(item, tree));
  const result: Document = {};
  for (const [name, field] of Object.entries(value as Document)) {
    const inner = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (inner === true) put(result, name, field);
    else if (inner && (isObject(field) || Array.isArray(field))) put(result, name, included(field, inner));
  }
  return result;
}

function excluded(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => excluded(item, tree));
  if (!isObject(value)) return value;
  const result: Document = {};
  for (const [name, field] of Object.entries(value)) {
    const inner = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (inner === true) continue;
    put(result, name, inner ? excluded(field, inner) : field);
  }
  return result;
}

function put(object: Document, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Computed fields reach into arrays: every element gets the value. A missing value sets nothing. */
export function setComputed(holder: unknown, parts: readonly string[], value: unknown): void {
  const [part = '', ...rest] = parts;
  if (Array.isArray(holder)) {
    for (const [i, item] of holder.entries()) {
      if (!isObject(item)) holder[i] = {};
      setComputed(holder[i], parts, value);
    }
    return;
  }
  const object = holder as Document;
  if (rest.length === 0) {
    if (value !== undefined) put(object, part, value);
    else delete object[part];
    return;
  }
  const inner = Object.hasOwn(object, part) ? object[part] : undefined;
  if (!isObject(inner) && !Array.isArray(inner)) put(object, part, {});
  else put(object, part, Array.isArray(inner) ? [...inner] : { ...inner });
  setComputed(object[part], rest, value);
}

function cutPositional(document: Document, path: string, matched: number | undefined): Document {
  const parts = path.split('.');
  const holder = parts
    .slice(0, -1)
    .reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), document);
  const last = parts.at(-1) ?? '';
  if (!isObject(holder) || !Array.isArray(holder[last])) return document;
  if (matched === undefined)
    throw new CommandError(
      51246,
      'Executor error during find command: positional operator needs a match in the filter',
    );
  holder[last] = (holder[last] as unknown[]).slice(matched, matched + 1);
  return document;
}
