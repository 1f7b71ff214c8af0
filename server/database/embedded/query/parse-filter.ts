import type { Document } from '../bson/codec.ts';
import { anyAlong, recordPosition } from '../bson/path.ts';
import { isObject, RANK, rankOf } from '../bson/rank.ts';
import { CommandError, notInSubset } from '../errors.ts';
import { type Filter, group, type Leaf } from './filter.ts';
import { type Predicate, predicates } from './predicates.ts';

/** What $expr needs from its surroundings. */
export interface FilterScope {
  /** Compiles an aggregation expression to a function of the document. */
  readonly expression: (expression: unknown) => (document: Document) => unknown;
}

/** Compiles a filter. Throws CommandError with MongoDB's codes for what is malformed or not supported. */
export function parseFilter(filter: Document, scope: FilterScope): Filter {
  const nodes = Object.entries(filter).flatMap(([key, value]) => parseEntry(key, value, scope));
  return nodes.length === 1 && nodes[0] ? nodes[0] : group('and', nodes);
}

function parseEntry(key: string, value: unknown, scope: FilterScope): Filter[] {
  if (!key.startsWith('$')) return parseField(key, value, scope);
  switch (key) {
    case '$and':
    case '$or':
    case '$nor':
      return [group(key.slice(1) as 'and', parseList(key, value, scope))];
    case '$expr': {
      const evaluate = scope.expression(value);
      return [{ kind: 'opaque', matches: (document) => isTruthy(evaluate(document)) }];
    }
    case '$comment':
      return [];
    case '$alwaysTrue':
      return [{ kind: 'opaque', matches: () => true }];
    case '$alwaysFalse':
      return [{ kind: 'opaque', matches: () => false }];
    case '$sampleRate':
      return [{ kind: 'opaque', matches: () => Math.random() < Number(value) }];
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$_internalSchemaXor':
      throw notInSubset(`The query operator ${key}`, 'BadValue');
    default:
      throw new CommandError(
        'BadValue',
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

/** MongoDB's truth: everything but false, null, missing and zero. */
function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return rankOf(value) !== RANK.number || Number(value) !== 0;
}

function parseList(key: string, value: unknown, scope: FilterScope): Filter[] {
  if (!Array.isArray(value)) throw new CommandError('BadValue', `${key} must be an array`);
  if (value.length === 0) throw new CommandError('BadValue', '$and/$or/$nor must be a nonempty array');
  return value.map((entry) => {
    if (!isObject(entry)) throw new CommandError('BadValue', '$or/$and/$nor entries need to be full objects');
    return parseFilter(entry, scope);
  });
}

function parseField(path: string, value: unknown, scope: FilterScope): Filter[] {
  if (!isOperators(value)) {
    const operator = rankOf(value) === RANK.regex ? '$regex' : '$eq';
    return [leaf(path, operator, value, {})];
  }
  return Object.entries(value).flatMap(([operator, operand]) =>
    parseOperator({ path, operator, operand, siblings: value }, scope),
  );
}

function isOperators(value: unknown): value is Document {
  if (!isObject(value)) return false;
  const first = Object.keys(value)[0];
  // A reference ({$ref, $id}) is a value, although its field names look like operators.
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id';
}

interface Condition {
  path: string;
  operator: string;
  operand: unknown;
  siblings: Document;
}

function parseOperator(condition: Condition, scope: FilterScope): Filter[] {
  const { path, operator, operand, siblings } = condition;
  switch (operator) {
    case '$ne':
      return [group('not', [leaf(path, '$eq', notRegex(operand), siblings)])];
    case '$nin':
      return [group('not', [leaf(path, '$in', operand, siblings)])];
    case '$exists': {
      // Missing is the opposite of present, also where the path runs through an array that is too short or empty.
      const present = leaf(path, operator, true, siblings);
      return [isTruthy(operand) ? present : group('not', [present])];
    }
    case '$not':
      return [group('not', parseNot(path, operand, scope))];
    case '$options':
      if (!('$regex' in siblings)) throw new CommandError('BadValue', '$options needs a $regex');
      return [];
    case '$elemMatch':
      return [parseElementMatch(path, operand, scope)];
    case '$all':
      return parseAll(path, operand, scope);
    default:
      return [leaf(path, operator, operand, siblings)];
  }
}

function notRegex(operand: unknown): unknown {
  if (rankOf(operand) === RANK.regex) throw new CommandError('BadValue', "Can't have regex as arg to $ne.");
  return operand;
}

function parseNot(path: string, operand: unknown, scope: FilterScope): Filter[] {
  if (rankOf(operand) === RANK.regex) return [leaf(path, '$regex', operand, {})];
  if (!isObject(operand)) throw new CommandError('BadValue', '$not needs a regex or a document');
  if (!isOperators(operand)) throw new CommandError('BadValue', '$not cannot be empty');
  return [group('and', parseField(path, operand, scope))];
}

function parseElementMatch(path: string, operand: unknown, scope: FilterScope): Filter {
  if (!isObject(operand)) throw new CommandError('BadValue', '$elemMatch needs an Object');
  const byValue = isOperators(operand) && !['$and', '$or', '$nor'].includes(Object.keys(operand)[0] ?? '');
  if (byValue) return valueElementMatch(path, operand, scope);
  const inner = parseFilter(operand, scope);
  const parts = path.split('.');
  const test = elementTest((element) => isObject(element) && inner.matches(element));
  return {
    kind: 'elements',
    path,
    inner,
    matches: (document) => anyAlong(document, { parts, test, expand: false }),
  };
}

/** {$elemMatch: {$gt: 1, $lt: 5}}: the element itself is asked, under an invented field name. */
function valueElementMatch(path: string, operand: Document, scope: FilterScope): Filter {
  const inner = group('and', parseField('value', operand, scope));
  const parts = path.split('.');
  const test = elementTest((value) => inner.matches({ value }));
  return { kind: 'opaque', matches: (document) => anyAlong(document, { parts, test, expand: false }) };
}

function elementTest(matches: (element: unknown) => boolean): (value: unknown) => boolean {
  return (value) => {
    if (!Array.isArray(value)) return false;
    const found = value.findIndex(matches);
    if (found >= 0) recordPosition(found);
    return found >= 0;
  };
}

function parseAll(path: string, operand: unknown, scope: FilterScope): Filter[] {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', '$all needs an array');
  if (operand.length === 0) return [{ kind: 'opaque', matches: () => false }];
  return operand.map((item) => {
    if (isOperators(item) && '$elemMatch' in item) return parseElementMatch(path, item.$elemMatch, scope);
    return leaf(path, rankOf(item) === RANK.regex ? '$regex' : '$eq', item, {});
  });
}

/** Query operators that MongoDB has and this server refuses. */
export const leftOutFilters: readonly string[] = [
  ...['$geoIntersects', '$geoWithin', '$jsonSchema', '$near', '$nearSphere', '$text', '$where', '$within'],
];

/** Every query operator that is answered. */
export const filterNames: readonly string[] = [
  ...['$all', '$and', '$comment', '$elemMatch', '$expr', '$ne', '$nin', '$nor', '$not', '$options', '$or'],
  ...['$alwaysFalse', '$alwaysTrue', '$sampleRate'],
  ...Object.keys(predicates),
];

function leaf(path: string, operator: string, operand: unknown, siblings: Document): Leaf {
  const build = predicates[operator];
  if (!build && leftOutFilters.includes(operator))
    throw notInSubset(`The query operator ${operator}`, 'BadValue');
  if (!build) throw new CommandError('BadValue', `unknown operator: ${operator}`);
  const { test, expand = true, decidable = false }: Predicate = build(operand, siblings);
  const probe = { parts: path.split('.'), test, expand };
  return {
    kind: 'leaf',
    path,
    operator,
    operand,
    matches: (document) => anyAlong(document, probe),
    decide: decidable ? test : undefined,
  };
}
