import { setImmediate as nextTurn } from 'node:timers/promises';
import { expression } from './aggregate/expression.ts';
import type { Document } from './bson/codec.ts';
import { CommandError } from './errors.ts';
import { directPlan } from './planner/plan.ts';
import { type Asked, type Report, search, Winners } from './planner/race.ts';
import { decoderFor, type Match, type Walk, walk } from './planner/walk.ts';
import { group } from './query/filter.ts';
import { parseFilter } from './query/parse-filter.ts';
import { Catalog, type Collection } from './storage/catalog.ts';
import { fullDisk } from './storage/commit-failure.ts';
import { compileIndex } from './storage/compile-index.ts';
import { Records } from './storage/records.ts';
import { Store } from './storage/store.ts';
import { turn } from './storage/turn.ts';

/** How long one client may keep the thread before others are let in, in milliseconds. */
const SLICE = 5;

/** How long one commit may gather changes, in milliseconds: others wait for it. */
export const COMMIT_SLICE = 15;

/** Told by findDirectly() when the answer takes a search. */
export const NOT_DIRECT = Symbol('not direct');

export const EVERYTHING = group('and', []);

/** Storage, catalog and planner of one data directory. */
export class Engine {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly records: Records;
  private readonly winners = new Winners();

  private readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
    this.store = new Store(directory);
    this.catalog = new Catalog(this.store, compileIndex);
    this.records = new Records(this.store, this.catalog);
  }

  /** Runs inside one durable commit. A commit that fails undoes what the catalog remembered of it. */
  async write<T>(work: () => T): Promise<T> {
    try {
      return await this.store.write(work);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      this.catalog.load();
      const full = await fullDisk(error, this.directory);
      throw full === undefined ? error : new CommandError('OutOfDiskSpace', full);
    }
  }

  /** Matches of a question, found step by step; see take(). */
  search(asked: Asked, report: Report = emptyReport()): Generator<Match | undefined> {
    return search(asked, this.base(asked), { winners: this.winners, report });
  }

  /** The match that a unique index leads straight to, undefined when there is none. */
  findDirectly(asked: Asked): Match | undefined | typeof NOT_DIRECT {
    const plan = directPlan(asked);
    if (!plan) return NOT_DIRECT;
    for (const match of walk(plan, { ...this.base(asked), effort: { keys: 0, documents: 0 } }))
      if (match) return match;
    return undefined;
  }

  private base({ collection, filter }: Asked): Omit<Walk, 'effort'> {
    return { store: this.store, collection: collection.id, filter, decode: decoderFor(filter) };
  }

  /** The collection, made if need be. Inside write only. */
  ensure(database: string, name: string): Collection {
    return this.catalog.find(database, name) ?? this.catalog.create(database, name, {});
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

export function emptyReport(): Report {
  return { plan: undefined, rejected: [], effort: { keys: 0, documents: 0 } };
}

export function compileFilter(filter: unknown, variables: Document = {}) {
  if (filter === undefined || filter === null) return EVERYTHING;
  if (typeof filter !== 'object' || Array.isArray(filter))
    throw new CommandError('TypeMismatch', "BSON field 'filter' is the wrong type, expected type 'object'");
  return parseFilter(filter as Document, { expression: (given) => expression(given, variables) });
}

/**
 * Takes steps until `accept` says false or nothing is left, letting other clients in between; true when nothing
 * is left. `deadline` is a moment of performance.now(); past it MaxTimeMSExpired is thrown.
 */
export async function take<T>(
  steps: Iterator<T | undefined>,
  accept: (item: T) => boolean,
  deadline = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  turn.begin();
  let turnEnds = performance.now() + SLICE;
  checkTime(deadline);
  for (let count = 1; ; count += 1) {
    const { done, value } = steps.next();
    if (done) return true;
    if (value !== undefined && !accept(value)) return false;
    if (count % 4 !== 0 || performance.now() < turnEnds) continue;
    checkTime(deadline);
    await nextTurn();
    turn.begin();
    turnEnds = performance.now() + SLICE;
  }
}

/** Throws MaxTimeMSExpired past a moment of performance.now(). */
export function checkTime(deadline: number): void {
  if (performance.now() > deadline)
    throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
}
