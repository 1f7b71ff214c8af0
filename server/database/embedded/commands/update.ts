import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { compileFilter, type Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Asked } from '../planner/race.ts';
import type { Match } from '../planner/walk.ts';
import { parseSort } from '../query/sort.ts';
import { insertUpsert, prepareUpdate, updateMatch } from '../update/run-update.ts';
import { changeAll, changeOne } from '../write-one.ts';
import { runBulk, type Task } from './bulk.ts';
import { readHint, readVariables } from './find.ts';
import type { Invocation } from './invocation.ts';
import { refuseUnknownInStatement } from './known-fields.ts';
import { refuseCollation } from './refusals.ts';
import { MOST_WRITES, writeReplyOf } from './write-result.ts';

interface Outcome {
  matched: number;
  modified: number;
  upsertedId?: unknown;
}

export async function update(invocation: Invocation): Promise<Document> {
  const { plain, typed, deadline } = invocation;
  const { engine } = invocation.runtime;
  const statements = listOf(invocation, 'updates', plain.updates);
  const typedStatements = typed.updates as Document[];
  const variables = readVariables(invocation);
  for (const statement of statements) refuseUnknownInStatement('update', 'updates', statement);
  const totals = { n: 0, nModified: 0 };
  const upserted: { index: number; _id: unknown }[] = [];
  const errors = await runBulk<Outcome>({
    ...{ engine, statements, deadline, isOrdered: plain.ordered !== false },
    read: (index) =>
      readStatement(invocation, statements[index] as Document, typedStatements[index] as Document, variables),
    count: (outcome, index) => {
      totals.n += outcome.matched;
      totals.nModified += outcome.modified;
      if ('upsertedId' in outcome) upserted.push({ index, _id: outcome.upsertedId });
    },
  });
  return writeReplyOf(upserted.length > 0 ? { ...totals, upserted } : totals, errors);
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

function readStatement(
  invocation: Invocation,
  plain: Document,
  typed: Document,
  variables: Document,
): Task<Outcome> {
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
  const change = (match: Match | undefined, asked: Asked | undefined): Outcome => {
    if (match && asked) {
      const { isModified } = updateMatch(engine, asked, match, prepared);
      return { matched: 1, modified: isModified ? 1 : 0 };
    }
    if (plain.upsert !== true) return { matched: 0, modified: 0 };
    const { id } = insertUpsert(engine, namespace, (typed.q ?? {}) as Document, prepared);
    return { matched: 1, modified: 0, upsertedId: id };
  };
  const one = () => changeOne(engine, ask, change);
  const many = async () => {
    const found = await updateAll(engine, ask, change);
    return found.matched === 0 && plain.upsert === true ? one() : found;
  };
  return { ask, change, alone: isMulti ? many : one };
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

async function updateAll(
  engine: Engine,
  ask: Task<Outcome>['ask'],
  change: Task<Outcome>['change'],
): Promise<Outcome> {
  const outcome = { matched: 0, modified: 0 };
  const asked = ask();
  if (asked)
    await changeAll(engine, asked, (match) => {
      outcome.modified += change(match, asked).modified;
      outcome.matched += 1;
    });
  return outcome;
}
