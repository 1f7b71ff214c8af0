import { checkPipeline, headQuestion } from '../aggregate/pipeline.ts';
import type { Document } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { compileFilter, emptyReport, take } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { coveringPlan } from '../planner/count.ts';
import type { Plan } from '../planner/plan.ts';
import { parseSort } from '../query/sort.ts';
import { readHint } from './find.ts';
import { VERSION } from './hello.ts';
import type { Invocation } from './invocation.ts';
import { checkCollectionName } from './invocation.ts';

/** Runs the search of a command, changes nothing, and tells what was chosen and what it looked at. */
export async function explain(invocation: Invocation): Promise<Document> {
  const command = invocation.plain.explain;
  if (!isObject(command))
    throw new CommandError('TypeMismatch', "BSON field 'explain.explain' must be an object");
  return explainSearch(invocation, command);
}

/** The explanation of one command, given as its fields. */
export async function explainSearch({ runtime, database }: Invocation, command: Document): Promise<Document> {
  const [name = ''] = Object.keys(command);
  const collection = runtime.engine.catalog.find(database, checkCollectionName(database, command[name]));
  const question = questionOf(name, command);
  const base = { explainVersion: '1', command, serverInfo: { host: '127.0.0.1', version: VERSION }, ok: 1 };
  const namespace = `${database}.${String(command[name])}`;
  if (!collection)
    return { ...base, queryPlanner: { namespace, winningPlan: { stage: 'EOF' }, rejectedPlans: [] } };
  const report = emptyReport();
  const filter = compileFilter(question.filter);
  const { skip, isBlind } = question;
  const limit = question.limit && question.limit + skip;
  const hint = readHint(collection, question.hint);
  const wanted = { collection, filter, sort: parseSort(question.sort), limit, hint };
  const asked = name === 'count' ? { ...wanted, hint: coveringPlan(wanted)?.index ?? hint } : wanted;
  const begins = performance.now();
  let passed = 0;
  await take(runtime.engine.search(asked, report), (match) => {
    passed += 1;
    return (isBlind || passed <= skip || match.raw.length > 0) && (limit === 0 || passed < limit);
  });
  const parsedQuery = question.filter ?? {};
  const winningPlan = report.plan
    ? describeWinner(report.plan, asked.sort.length > 0, isBlind)
    : { stage: 'EOF' };
  return {
    ...base,
    queryPlanner: {
      namespace,
      parsedQuery,
      winningPlan,
      rejectedPlans: report.rejected.map((plan) => describePlan(plan, false)),
    },
    executionStats: {
      executionSuccess: true,
      nReturned: Math.max(0, passed - skip),
      executionTimeMillis: Math.round(performance.now() - begins),
      totalKeysExamined: report.effort.keys,
      totalDocsExamined: report.effort.documents,
    },
  };
}

interface Explained {
  filter: unknown;
  sort: Document;
  skip: number;
  limit: number;
  hint: unknown;
  /** Only counts, so that what an index entry decides is not read. */
  isBlind: boolean;
}

function questionOf(name: string, command: Document): Explained {
  const first = (list: unknown) => (Array.isArray(list) && isObject(list[0]) ? list[0] : {});
  const sort = isObject(command.sort) ? command.sort : {};
  const whole = (value: unknown) => (isNumeric(value) ? Math.abs(toNumber(value)) : 0);
  const all = { sort: {}, skip: 0, limit: 0, hint: command.hint, isBlind: name === 'count' };
  switch (name) {
    case 'find':
      return { ...all, filter: command.filter, sort, skip: whole(command.skip), limit: whole(command.limit) };
    case 'count':
    case 'distinct':
      return { ...all, filter: command.query, skip: whole(command.skip), limit: whole(command.limit) };
    case 'findAndModify':
      return { ...all, filter: command.query, sort, limit: 1 };
    case 'update':
      return { ...all, filter: first(command.updates).q, hint: first(command.updates).hint };
    case 'delete':
      return { ...all, filter: first(command.deletes).q, hint: first(command.deletes).hint };
    case 'aggregate':
      return { ...all, ...headQuestion(checkPipeline(command.pipeline)) };
    default:
      throw new CommandError('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}

function describeWinner(plan: Plan, isSorting: boolean, isBlind: boolean): Document {
  if (!isBlind) return describePlan(plan, isSorting);
  const isCovered = plan.kind === 'index' && plan.covers;
  return { stage: 'COUNT', inputStage: isCovered ? describeScan(plan) : describePlan(plan, isSorting) };
}

function describePlan(plan: Plan, isSorting: boolean): Document {
  const inner = describeAccess(plan);
  return isSorting && !plan.sorted ? { stage: 'SORT', inputStage: inner } : inner;
}

function describeAccess(plan: Plan): Document {
  if (plan.kind === 'collection')
    return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
  if (plan.kind === 'union' && plan.merges) {
    const inputStages = plan.branches.map((branch) => describePlan(branch, true));
    return { stage: 'SORT_MERGE', inputStages };
  }
  if (plan.kind === 'union')
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.branches.map(describeScan) } };
  return { stage: 'FETCH', inputStage: describeScan(plan) };
}

function describeScan(plan: Plan): Document {
  if (plan.kind !== 'index') return describeAccess(plan);
  const { index, bounds, reverse } = plan;
  return {
    ...{ stage: 'IXSCAN', keyPattern: index.spec.key, indexName: index.name, isMultiKey: index.multikey },
    ...{
      direction: reverse ? 'backward' : 'forward',
      ranges: bounds.ranges.length,
      filtersKeys: plan.keyTest !== undefined,
    },
  };
}
