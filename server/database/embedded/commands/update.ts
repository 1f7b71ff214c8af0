import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { compileFilter, type Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { findsOneAtMost } from '../planner/plan.ts';
import type { Asked } from '../planner/race.ts';
import { parseSort } from '../query/sort.ts';
import { insertUpsert, type PreparedUpdate, prepareUpdate, updateMatch } from '../update/run-update.ts';
import { changeAll, changeOne } from '../write-one.ts';
import { readHint, readVariables } from './find.ts';
import type { Invocation } from './invocation.ts';
import { refuseUnknownInStatement } from './known-fields.ts';
import { refuseCollation } from './refusals.ts';
import { MOST_WRITES, type WriteError, writeErrorOf, writeReplyOf } from './write-result.ts';

interface Outcome {
  matched: number;
  modified: number;
  upsertedId?: unknown;
}

/** So many statements of a bulk without an order share one commit; more would keep others waiting for it. */
const MOST_TOGETHER = 32;

export async function update(invocation: Invocation): Promise<Document> {
  const { plain, typed } = invocation;
  const statements = listOf(invocation, 'updates', plain.updates);
  const typedStatements = typed.updates as Document[];
  const variables = readVariables(invocation);
  for (const statement of statements) refuseUnknownInStatement('update', 'updates', statement);
  const isOrdered = plain.ordered !== false;
  const totals = { n: 0, nModified: 0 };
  const upserted: { index: number; _id: unknown }[] = [];
  const errors: WriteError[] = [];
  const run = async (statement: Document, index: number) => {
    try {
      const typedStatement = typedStatements[index] as Document;
      const outcome = await updateStatement(invocation, statement, typedStatement, variables);
      totals.n += outcome.matched;
      totals.nModified += outcome.modified;
      if ('upsertedId' in outcome) upserted.push({ index, _id: outcome.upsertedId });
    } catch (error) {
      errors.push(writeErrorOf(error, index));
    }
  };
  const isAtOnce = (statement: Document) => !isOrdered && isDirect(invocation, statement, variables);
  for (let from = 0; from < statements.length && !(isOrdered && errors.length > 0); ) {
    const some = leading(statements.slice(from, from + MOST_TOGETHER), isAtOnce);
    await Promise.all(some.map((statement, place) => run(statement, from + place)));
    from += some.length;
  }
  upserted.sort((a, b) => a.index - b.index);
  errors.sort((a, b) => a.index - b.index);
  return writeReplyOf(upserted.length > 0 ? { ...totals, upserted } : totals, errors);
}

/** As many of the first as may run together, so that each still sees what those before it did; one at least. */
function leading(statements: readonly Document[], isAtOnce: (statement: Document) => boolean): Document[] {
  const end = statements.findIndex((statement) => !isAtOnce(statement));
  return statements.slice(0, end < 0 ? statements.length : Math.max(1, end));
}

/** Whether the one document there can be is found and changed in one step, which nothing can come between. */
function isDirect(invocation: Invocation, statement: Document, variables: Document): boolean {
  if (statement.multi === true) return false;
  try {
    const asked = asker(invocation, statement, variables)();
    return asked !== undefined && findsOneAtMost(asked);
  } catch {
    // What is wrong with it is said when it runs, on its own.
    return false;
  }
}

/** The statements of a write command. Throws CommandError when there are none or too many. */
export function listOf(invocation: Invocation, field: string, given: unknown): Document[] {
  if (!Array.isArray(given) || !given.every(isObject))
    throw new CommandError(
      'TypeMismatch',
      `BSON field '${invocation.name}.${field}' must be an array of objects`,
    );
  if (given.length === 0 || given.length > MOST_WRITES)
    throw new CommandError(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${MOST_WRITES}. Got ${given.length} operations.`,
    );
  return given;
}

async function updateStatement(
  invocation: Invocation,
  plain: Document,
  typed: Document,
  variables: Document,
): Promise<Outcome> {
  refuseCollation(plain.collation);
  const constants = isObject(plain.c) ? plain.c : undefined;
  const prepared = prepareUpdate({
    u: Array.isArray(plain.u) ? plain.u : typed.u,
    arrayFilters: plain.arrayFilters,
    variables,
    constants,
  });
  const isMulti = plain.multi === true;
  if (isMulti && prepared.update.kind === 'replacement')
    throw new CommandError('FailedToParse', 'multi update is not supported for replacement-style update');
  const { engine } = invocation.runtime;
  const namespace = { database: invocation.database, name: invocation.collection };
  const ask = asker(invocation, plain, variables);
  const work = { engine, namespace, ask, prepared, query: (typed.q ?? {}) as Document };
  return isMulti ? updateMany(work, plain.upsert === true) : updateOne(work, plain.upsert === true);
}

/** Asks anew each time, because the collection and its indexes may have changed meanwhile. */
export function asker(
  invocation: Invocation,
  statement: Document,
  variables: Document,
): () => Asked | undefined {
  const { engine } = invocation.runtime;
  const { database, collection: name } = invocation;
  const filter = compileFilter(statement.q, variables);
  const sort = parseSort(isObject(statement.sort) ? statement.sort : {});
  const { deadline } = invocation;
  return () => {
    const collection = engine.catalog.find(database, name);
    const hint = collection && readHint(collection, statement.hint);
    return collection && { collection, filter, sort, limit: 0, hint, deadline };
  };
}

interface Work {
  engine: Engine;
  namespace: { database: string; name: string };
  ask: () => Asked | undefined;
  prepared: PreparedUpdate;
  query: Document;
}

function updateOne({ engine, namespace, ask, prepared, query }: Work, upsert: boolean): Promise<Outcome> {
  return changeOne(engine, ask, (match, asked): Outcome => {
    if (match && asked) {
      const { isModified } = updateMatch(engine, asked, match, prepared);
      return { matched: 1, modified: isModified ? 1 : 0 };
    }
    if (!upsert) return { matched: 0, modified: 0 };
    const { id } = insertUpsert(engine, namespace, query, prepared);
    return { matched: 1, modified: 0, upsertedId: id };
  });
}

async function updateMany(work: Work, upsert: boolean): Promise<Outcome> {
  const outcome = { matched: 0, modified: 0 };
  const { engine, ask, prepared } = work;
  const asked = ask();
  if (asked)
    await changeAll(engine, asked, (match) => {
      outcome.modified += updateMatch(engine, asked, match, prepared).isModified ? 1 : 0;
      outcome.matched += 1;
    });
  return outcome.matched === 0 && upsert ? updateOne(work, true) : outcome;
}
