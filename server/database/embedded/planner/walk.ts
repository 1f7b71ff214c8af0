import { type Document, readPlain, readTyped } from '../bson/codec.ts';
import type { Filter } from '../query/filter.ts';
import { decodeKey, Undecodable } from '../storage/decode-key.ts';
import { type Entry, LAST_RECORD, type Store } from '../storage/store.ts';
import { turn } from '../storage/turn.ts';
import type { IndexPlan, Plan } from './plan.ts';
import { RecordSet } from './record-set.ts';

/** A document that matches. */
export interface Match {
  readonly record: number;
  readonly raw: Buffer;
  readonly document: Document;
}

/**
 * A match that its index entry decided: its document is read only if somebody asks, so that what is skipped or
 * counted costs a key. To be asked before others have their turn, while entry and document surely agree.
 */
class CoveredMatch implements Match {
  readonly record: number;
  private readonly given: Walk;
  private bytes: Buffer | undefined;
  private decoded: Document | undefined;

  constructor(record: number, given: Walk) {
    this.record = record;
    this.given = given;
  }

  get raw(): Buffer {
    if (this.bytes) return this.bytes;
    const { store, collection, effort } = this.given;
    const bytes = store.document(collection, this.record);
    if (!bytes) throw new Error('An index entry outlived its document.');
    effort.documents += 1;
    this.bytes = bytes;
    return bytes;
  }

  get document(): Document {
    this.decoded ??= this.given.decode(this.raw);
    return this.decoded;
  }
}

/** What a plan has looked at, for explain and the slow-operation log. */
export interface Effort {
  keys: number;
  documents: number;
}

export interface Walk {
  readonly store: Store;
  readonly collection: number;
  readonly filter: Filter;
  readonly decode: (raw: Uint8Array) => Document;
  readonly effort: Effort;
}

/** A step that found nothing: a moment to let others in. */
const PAUSE = undefined;

const FIRST_BATCH = 8;
const LARGEST_BATCH = 256;

/**
 * Matching documents one by one, PAUSE in between. Holds no cursor open: between two steps the data may change, so
 * what an index finds is read and matched at the moment it is handed out, and a scan is a page old at most. Whoever
 * changes a match reads it again within the commit (write-one.ts).
 */
export function* walk(plan: Plan, given: Walk): Generator<Match | undefined> {
  if (plan.kind === 'collection') yield* walkCollection(given, plan.reverse);
  else if (plan.kind === 'union') yield* walkRecords(walkUnion(plan.branches, given), true, given);
  else if (plan.covers) yield* walkCovered(plan, given);
  else yield* walkRecords(walkIndex(plan, given), plan.index.multikey, given);
}

/** The entries decide, unless the document may have changed since they were read. */
function* walkCovered(plan: IndexPlan, given: Walk): Generator<Match | undefined> {
  const read = { turn: turn.number };
  for (const record of walkIndex(plan, given, read)) {
    if (record === undefined) yield PAUSE;
    else if (read.turn === turn.number) yield new CoveredMatch(record, given);
    else yield readMatch(given, record);
  }
}

/**
 * Records whose keys pass, undefined for those that do not; a record may come more than once. `read` tells in
 * which turn the entry was read.
 */
export function* walkIndex(
  plan: IndexPlan,
  { store, effort }: Walk,
  read = { turn: 0 },
): Generator<number | undefined> {
  const { keyTest } = plan;
  const { directions } = plan.index;
  const ranges = plan.reverse ? [...plan.bounds.ranges].reverse() : plan.bounds.ranges;
  let size = FIRST_BATCH;
  for (const range of ranges) {
    let after: Entry | undefined;
    for (;;) {
      const entries = store.entriesIn(plan.index.id, range, size, { after, reverse: plan.reverse });
      read.turn = turn.number;
      for (const entry of entries) {
        effort.keys += 1;
        yield !keyTest || testKey(keyTest, entry.key, directions) ? entry.record : PAUSE;
      }
      after = entries.at(-1);
      if (entries.length < size) break;
      size = Math.min(size * 2, LARGEST_BATCH);
    }
  }
}

function testKey(
  test: NonNullable<IndexPlan['keyTest']>,
  key: Buffer,
  directions: readonly number[],
): boolean {
  try {
    return test(decodeKey(key, directions));
  } catch (error) {
    if (error instanceof Undecodable) return true;
    throw error;
  }
}

function* walkUnion(branches: readonly IndexPlan[], given: Walk): Generator<number | undefined> {
  for (const branch of branches) yield* walkIndex(branch, given);
}

function* walkRecords(
  records: Generator<number | undefined>,
  mayRepeat: boolean,
  given: Walk,
): Generator<Match | undefined> {
  const seen = mayRepeat ? new RecordSet() : undefined;
  for (const record of records) {
    if (record === undefined || seen?.add(record) === false) {
      yield PAUSE;
      continue;
    }
    yield readMatch(given, record);
  }
}

function* walkCollection(given: Walk, reverse: boolean): Generator<Match | undefined> {
  let after = reverse ? LAST_RECORD : 0;
  let size = FIRST_BATCH;
  for (;;) {
    const { rows, isLast } = given.store.rows(given.collection, after, size, reverse);
    for (const { record, raw } of rows) yield matchRaw(given, record, raw);
    after = rows.at(-1)?.record ?? after;
    if (isLast) return;
    size = Math.min(size * 2, LARGEST_BATCH);
  }
}

/** The document as it is at this moment, if it matches. */
export function readMatch(given: Walk, record: number): Match | undefined {
  const raw = given.store.document(given.collection, record);
  return raw && matchRaw(given, record, raw);
}

function matchRaw({ filter, effort, decode }: Walk, record: number, raw: Buffer): Match | undefined {
  effort.documents += 1;
  const document = decode(raw);
  return filter.matches(document) ? { record, raw, document } : undefined;
}

/** Only $type asks about the stored type of a number; everything else compares plainly decoded values. */
export function decoderFor(filter: Filter): (raw: Uint8Array) => Document {
  return asksTypes(filter) ? readTyped : readPlain;
}

function asksTypes(filter: Filter): boolean {
  if (filter.kind === 'leaf') return filter.operator === '$type';
  if (filter.kind === 'elements') return asksTypes(filter.inner);
  return filter.kind !== 'opaque' && filter.nodes.some(asksTypes);
}
