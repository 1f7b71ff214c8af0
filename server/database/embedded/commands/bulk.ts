import type { Document } from '../bson/codec.ts';
import { COMMIT_SLICE, checkTime, type Engine, NOT_DIRECT } from '../engine.ts';
import { directPlan } from '../planner/plan.ts';
import type { Asked } from '../planner/race.ts';
import type { Match } from '../planner/walk.ts';
import { type WriteError, writeErrorOf } from './write-result.ts';

/** A statement that has been read and is ready to run. */
export interface Task<T> {
  /** Asks anew each time, because the collection and its indexes may have changed meanwhile. */
  readonly ask: () => Asked | undefined;
  /** What to do with the one document there can be, inside a write; undefined when nothing matches. */
  readonly change: (match: Match | undefined, asked: Asked) => T;
  /** Runs it whatever search it takes. */
  readonly alone: () => Promise<T>;
}

interface Bulk<T> {
  readonly engine: Engine;
  readonly statements: readonly Document[];
  readonly isOrdered: boolean;
  /** The moment of performance.now() that maxTimeMS allows. */
  readonly deadline: number;
  /** Throws CommandError for what cannot run. */
  readonly read: (index: number) => Task<T>;
  readonly count: (outcome: T, index: number) => void;
}

/**
 * Runs the statements of a bulk, each on what those before it left, and counts what is durable. Those that a unique
 * index leads to their document share commits, the others search on their own. An ordered bulk ends with its first
 * error. Returns the errors; throws what is nobody's statement's fault.
 */
export async function runBulk<T>(bulk: Bulk<T>): Promise<WriteError[]> {
  const { statements, isOrdered, deadline, count } = bulk;
  const errors: WriteError[] = [];
  let next = 0;
  while (next < statements.length && !(isOrdered && errors.length > 0)) {
    checkTime(deadline);
    try {
      const task = bulk.read(next);
      if (next < statements.length - 1 && leadsStraight(task)) {
        next = await together(bulk, next, errors);
        continue;
      }
      count(await task.alone(), next);
    } catch (error) {
      errors.push(writeErrorOf(error, next));
    }
    next += 1;
  }
  return errors;
}

function leadsStraight<T>({ ask }: Task<T>): boolean {
  const asked = ask();
  return asked !== undefined && directPlan(asked) !== undefined;
}

/** Runs statements in one commit until one of them needs a search; returns which. */
async function together<T>(bulk: Bulk<T>, first: number, errors: WriteError[]): Promise<number> {
  const done: { index: number; outcome?: T; error?: WriteError }[] = [];
  try {
    await bulk.engine.write(() => {
      const ends = performance.now() + COMMIT_SLICE;
      for (let index = first; index < bulk.statements.length && performance.now() < ends; index += 1) {
        try {
          const outcome = runAtOnce(bulk, index);
          if (outcome === NOT_DIRECT) return;
          done.push({ index, outcome });
        } catch (error) {
          done.push({ index, error: writeErrorOf(error, index) });
          if (bulk.isOrdered) return;
        }
      }
    });
  } catch (error) {
    // The commit failed, so none of them happened.
    for (const { index } of bulk.isOrdered ? done.slice(0, 1) : done) errors.push(writeErrorOf(error, index));
    if (done.length === 0) throw error;
    return first + done.length;
  }
  for (const { index, outcome, error } of done) {
    if (error) errors.push(error);
    else bulk.count(outcome as T, index);
  }
  return first + done.length;
}

function runAtOnce<T>({ engine, read }: Bulk<T>, index: number): T | typeof NOT_DIRECT {
  const { ask, change } = read(index);
  const asked = ask();
  const found = asked ? engine.findDirectly(asked) : NOT_DIRECT;
  return asked && found !== NOT_DIRECT ? change(found, asked) : NOT_DIRECT;
}
