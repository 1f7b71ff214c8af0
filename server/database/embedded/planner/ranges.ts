import type { Filter, Leaf } from '../query/filter.ts';
import type { SortField } from '../query/sort.ts';
import type { Index, IndexField } from '../storage/catalog.ts';
import { KEY_LIMIT } from '../storage/encode-key.ts';
import type { KeyRange } from '../storage/store.ts';
import {
  everything,
  type Interval,
  intersect,
  intervalsOf,
  isPoint,
  position,
  successor,
} from './intervals.ts';

const MOST_RANGES = 4096;

/** The conditions that must all hold, with nested $and opened. */
export function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.nodes.flatMap(conjuncts) : [filter];
}

/** How an index would be read for a filter. */
export interface IndexBounds {
  readonly ranges: readonly KeyRange[];
  /** How many leading fields are held to one value: a sort may begin behind them. */
  readonly fixed: number;
  /** How many leading fields the filter bounds at all; the more, the fewer keys are read. */
  readonly bounded: number;
  /** How many whole keys the filter names; Infinity when it names ranges of them. */
  readonly points: number;
  /** Whether the filter narrows the index at all. */
  readonly isNarrow: boolean;
}

export function boundsFor(index: Index, leaves: readonly Leaf[]): IndexBounds {
  const perField = index.fields.map((field, i) => {
    const sharesArray = index.multikey && index.fields.slice(0, i).some((other) => sameRoot(other, field));
    return sharesArray ? undefined : fieldIntervals(field, leaves, index.multikey);
  });
  const unbounded = perField.indexOf(undefined);
  const bounded = unbounded < 0 ? perField.length : unbounded;
  return { ...buildRanges(index.fields, perField), bounded, isNarrow: bounded > 0 };
}

/** Whether the bounds alone decide the whole filter: every condition holds one field to one value. */
export function isDecidedBy(index: Index, bounds: IndexBounds, conditions: readonly Filter[]): boolean {
  if (index.multikey || index.cut || bounds.fixed !== conditions.length) return false;
  return conditions.every((condition) => condition.kind === 'leaf' && condition.operator === '$eq');
}

const sameRoot = (a: IndexField, b: IndexField) => a.parts[0] === b.parts[0];

/** The conditions on one path each; those of an $elemMatch are seen under their full path. */
export function leavesIn(conditions: readonly Filter[]): Leaf[] {
  return conditions.flatMap(leavesOf);
}

function leavesOf(filter: Filter): Leaf[] {
  if (filter.kind === 'leaf') return [filter];
  if (filter.kind !== 'elements') return [];
  return conjuncts(filter.inner)
    .flatMap(leavesOf)
    .map((leaf) => ({ ...leaf, path: `${filter.path}.${leaf.path}` }));
}

function fieldIntervals(
  field: IndexField,
  leaves: readonly Leaf[],
  isMultikey: boolean,
): Interval[] | undefined {
  let found: Interval[] | undefined;
  for (const leaf of leaves) {
    const list = leaf.path === field.path ? intervalsOf(leaf, isMultikey) : undefined;
    if (!list) continue;
    // Conditions on an array may be met by different elements, so only one of them narrows the index.
    if (!found) found = list;
    else if (!isMultikey) found = intersect(found, list);
    else if (!found.every(isPoint) && list.every(isPoint)) found = list;
  }
  return found;
}

function buildRanges(
  fields: readonly IndexField[],
  perField: readonly (Interval[] | undefined)[],
): Pick<IndexBounds, 'ranges' | 'fixed' | 'points'> {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let fixed = 0;
  const points = Number.POSITIVE_INFINITY;
  for (const [i, field] of fields.entries()) {
    const intervals = perField[i];
    if (!intervals || prefixes.length * intervals.length > MOST_RANGES)
      return { ranges: attach(prefixes, [everything()], field), fixed, points };
    if (!intervals.every(isPoint)) return { ranges: attach(prefixes, intervals, field), fixed, points };
    const values = directed(intervals, field).map(({ from }) => pointBytes(from.bytes, field));
    prefixes = prefixes.flatMap((prefix) => values.map((value) => Buffer.concat([prefix, value])));
    if (values.length === 1 && fixed === i) fixed += 1;
  }
  const ranges = prefixes.map((prefix) => cut(prefix, successor(prefix)));
  return { ranges, fixed, points: ranges.length };
}

function pointBytes(bytes: Buffer, field: IndexField): Buffer {
  return field.direction === 1 ? bytes : Buffer.from(bytes.map((byte) => 0xff - byte));
}

function directed(intervals: readonly Interval[], field: IndexField): readonly Interval[] {
  return field.direction === 1 ? intervals : [...intervals].reverse();
}

function attach(prefixes: readonly Buffer[], intervals: readonly Interval[], field: IndexField): KeyRange[] {
  return prefixes.flatMap((prefix) =>
    directed(intervals, field).map(({ from, to }) => {
      const [low, high] = field.direction === 1 ? [from, to] : [to, from];
      return cut(
        Buffer.concat([prefix, position(low, field.direction)]),
        Buffer.concat([prefix, position(high, field.direction)]),
      );
    }),
  );
}

/** Bounds longer than stored keys are widened to what stored keys still show. */
function cut(from: Buffer, to: Buffer): KeyRange {
  return {
    from: from.length > KEY_LIMIT ? from.subarray(0, KEY_LIMIT) : from,
    to: to.length > KEY_LIMIT ? successor(to.subarray(0, KEY_LIMIT)) : to,
  };
}

/** 1 or -1 when reading the index that way gives the wanted order, 0 when neither does. */
export function sortDirection(index: Index, fixed: number, sort: readonly SortField[]): 1 | -1 | 0 {
  if (index.multikey || index.cut || index.sparse || index.partial) return 0;
  const held = new Set(index.fields.slice(0, fixed).map((field) => field.path));
  const wanted = sort.filter((field) => !held.has(field.path));
  const offered = index.fields.slice(fixed);
  if (wanted.length > offered.length) return 0;
  let direction: 1 | -1 | 0 = 0;
  for (const [i, field] of wanted.entries()) {
    const offer = offered[i];
    if (offer?.path !== field.path) return 0;
    const turn = offer.direction === field.direction ? 1 : -1;
    if (direction !== 0 && direction !== turn) return 0;
    direction = turn;
  }
  return direction === 0 ? 1 : direction;
}
