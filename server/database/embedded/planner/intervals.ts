import { regexParts } from '../bson/compare.ts';
import { RANK, rankOf } from '../bson/rank.ts';
import type { Leaf } from '../query/filter.ts';
import { encodeKey } from '../storage/encode-key.ts';

/** A place between keys: before or after all keys that begin with these bytes (in ascending form). */
export interface Edge {
  readonly bytes: Buffer;
  readonly after: boolean;
}

export interface Interval {
  readonly from: Edge;
  readonly to: Edge;
}

const RANKS_ABOVE_ALL = 0x80;

export function everything(): Interval {
  return { from: before(Buffer.of(0)), to: before(Buffer.of(RANKS_ABOVE_ALL)) };
}

/** The key intervals that hold every document the condition may match; undefined when all of them may. */
export function intervalsOf(leaf: Leaf, isMultikey: boolean): Interval[] | undefined {
  const { operator, operand } = leaf;
  switch (operator) {
    case '$eq':
      return equality(operand, isMultikey);
    case '$in':
      return union((operand as unknown[]).map((item) => inItem(item, isMultikey)));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparison(operator, operand, isMultikey);
    case '$regex':
      return isMultikey ? undefined : prefix(leaf);
    default:
      return undefined;
  }
}

function inItem(item: unknown, isMultikey: boolean): Interval[] {
  return rankOf(item) === RANK.regex ? [ofRank(RANK.string), ofRank(RANK.regex)] : equality(item, isMultikey);
}

function equality(operand: unknown, isMultikey: boolean): Interval[] {
  // Only an array puts undefined into an index: what is missing stands there as null.
  if (operand === null || operand === undefined)
    return isMultikey ? union([[point(null)], [point(undefined)]]) : [point(null)];
  if (!Array.isArray(operand)) return [point(operand)];
  // An array matches as a whole, which an index holds only as an element of another array, or by its elements.
  return union([[point(operand)], [point(operand.length === 0 ? undefined : operand[0])]]);
}

function comparison(operator: string, operand: unknown, isMultikey: boolean): Interval[] | undefined {
  const rank = rankOf(operand);
  if (rank === RANK.array || rank === RANK.minKey || rank === RANK.maxKey) return undefined;
  if (rank === RANK.null || rank === RANK.undefined)
    return operator.endsWith('e') ? equality(null, isMultikey) : [];
  const bytes = encodeKey([operand], [1]);
  const whole = ofRank(rank);
  if (operator === '$gt') return [{ from: after(bytes), to: whole.to }];
  if (operator === '$gte') return [{ from: before(bytes), to: whole.to }];
  if (operator === '$lt') return [{ from: whole.from, to: before(bytes) }];
  return [{ from: whole.from, to: after(bytes) }];
}

/** Texts beginning with what an anchored pattern begins with: /^abc/ reads only from 'abc' to 'abd'. */
function prefix(leaf: Leaf): Interval[] {
  const { operand } = leaf;
  const isRegex = rankOf(operand) === RANK.regex;
  const pattern = isRegex ? regexParts(operand).pattern : String(operand);
  const options = isRegex ? regexParts(operand).options : 'i';
  const [, literal = ''] = /^\^([\w\s@:/-]+)(?![*+?{|\w\s@:/-])/.exec(pattern) ?? [];
  if (options !== '' || literal === '' || pattern.includes('|'))
    return [ofRank(RANK.string), ofRank(RANK.regex)];
  const bytes = encodeKey([literal], [1]).subarray(0, -2);
  return [beginningWith(bytes), ofRank(RANK.regex)];
}

function point(value: unknown): Interval {
  const bytes = encodeKey([value], [1]);
  return { from: before(bytes), to: after(bytes) };
}

function ofRank(rank: number): Interval {
  return beginningWith(Buffer.of(rank));
}

/** Up to what comes next and not "after these bytes", which would be one point, as if they were a whole value. */
function beginningWith(bytes: Buffer): Interval {
  return { from: before(bytes), to: before(successor(bytes)) };
}

const before = (bytes: Buffer): Edge => ({ bytes, after: false });
const after = (bytes: Buffer): Edge => ({ bytes, after: true });

export function isPoint({ from, to }: Interval): boolean {
  return !from.after && to.after && from.bytes.equals(to.bytes) && from.bytes.length > 0;
}

/** The edge as bytes that can be compared with keys; `direction` -1 for fields stored descending. */
export function position(edge: Edge, direction: 1 | -1): Buffer {
  if (direction === 1) return edge.after ? successor(edge.bytes) : edge.bytes;
  const inverted = Buffer.from(edge.bytes.map((byte) => 0xff - byte));
  return edge.after ? inverted : successor(inverted);
}

/** The first bytes that no key beginning with `bytes` reaches. */
export function successor(bytes: Buffer): Buffer {
  let last = bytes.length - 1;
  while (last >= 0 && bytes[last] === 0xff) last -= 1;
  if (last < 0) return Buffer.alloc(bytes.length + 8, 0xff);
  const next = Buffer.from(bytes.subarray(0, last + 1));
  next[last] = (next[last] ?? 0) + 1;
  return next;
}

const order = (a: Edge, b: Edge) => position(a, 1).compare(position(b, 1));

/** All intervals as one sorted list without overlaps. */
function union(lists: readonly Interval[][]): Interval[] {
  const sorted = lists.flat().sort((a, b) => order(a.from, b.from));
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && order(next.from, last.to) < 0) {
      if (order(next.to, last.to) > 0) merged[merged.length - 1] = { from: last.from, to: next.to };
    } else merged.push(next);
  }
  return merged;
}

export function intersect(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const found: Interval[] = [];
  for (const a of left) {
    for (const b of right) {
      const from = order(a.from, b.from) >= 0 ? a.from : b.from;
      const to = order(a.to, b.to) <= 0 ? a.to : b.to;
      if (order(from, to) < 0) found.push({ from, to });
    }
  }
  return found;
}
