import { type Document, readPlain } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { compileFilter, type Engine } from '../engine.ts';
import { CommandError, notInSubset } from '../errors.ts';
import type { Question } from '../planner/plan.ts';
import type { Report } from '../planner/race.ts';
import type { Match } from '../planner/walk.ts';
import { parseSort } from '../query/sort.ts';
import type { Collection } from '../storage/catalog.ts';
import { expression } from './expression.ts';
import type { Source, Stage, StageContext, Stream } from './stage.ts';
import { stageParts, wholeNumber } from './stage-parts.ts';
import { buildStage } from './stages.ts';

export interface Pipeline {
  readonly engine: Engine;
  readonly database: string;
  readonly variables: Document;
  readonly hint?: ((collection: Collection) => Question['hint']) | undefined;
  readonly report?: Report | undefined;
}

/** Runs stages one after the other. Leading $match, $sort, $skip and $limit are answered by the planner. */
export function runPipeline(pipeline: Pipeline, stages: readonly Document[], source: Source): Stream {
  const [first, ...others] = stages;
  const [name, spec] = first ? stageParts(first) : [''];
  if (name === '$documents') return through(pipeline, others, fromList(writtenDocuments(spec, pipeline)));
  if ('documents' in source) return through(pipeline, stages, fromList(source.documents));
  const { head, rest } = splitHead(stages);
  const matches = searchHead(pipeline, head, source.collection);
  return through(pipeline, rest, isBlind(rest[0]) ? unread(matches) : decoded(matches));
}

/** The encoded matches, untouched, when the planner answers the whole pipeline; otherwise undefined. */
export function rawPipeline(
  pipeline: Pipeline,
  stages: readonly Document[],
  collection: string,
): Generator<Match | undefined> | undefined {
  const { head, rest } = splitHead(stages);
  return rest.length === 0 ? searchHead(pipeline, head, collection) : undefined;
}

/** The documents that stand in the pipeline itself. */
function writtenDocuments(spec: unknown, { variables }: Pipeline): Document[] {
  const documents = expression(spec, variables)({});
  if (!Array.isArray(documents) || !documents.every(isObject))
    throw new CommandError(5858203, 'an array of objects is expected in $documents');
  return documents;
}

function through(pipeline: Pipeline, stages: readonly Document[], input: Stream): Stream {
  const context: StageContext = {
    ...pipeline,
    run: (inner, from, variables) => runPipeline({ ...pipeline, variables, hint: undefined }, inner, from),
  };
  const built = stages.map((stage): Stage => buildStage(stageParts(stage), context));
  return built.reduce((stream, stage) => stage(stream), input);
}

interface Head {
  filters: Document[];
  sort: Document | undefined;
  skip: number;
  limit: number;
}

/** What the planner is asked for a pipeline, for explain; a skip and a limit of 0 are none. */
export function headQuestion(stages: readonly Document[]) {
  const { head, rest } = splitHead(stages);
  const { sort = {}, skip, limit } = head;
  return { filter: filterOf(head), sort, skip, limit, isBlind: isBlind(rest[0]) };
}

function filterOf({ filters }: Head): Document | undefined {
  return filters.length > 1 ? { $and: filters } : filters[0];
}

/** As many leading stages as one search can answer: filters, then an order, then a part. */
function splitHead(stages: readonly Document[]): { head: Head; rest: readonly Document[] } {
  const head: Head = { filters: [], sort: undefined, skip: 0, limit: 0 };
  let taken = 0;
  for (const stage of stages) {
    if (!takeIntoHead(head, stageParts(stage))) break;
    taken += 1;
  }
  return { head, rest: stages.slice(taken) };
}

function takeIntoHead(head: Head, [name, value]: [string, unknown]): boolean {
  const isPaged = head.skip > 0 || head.limit > 0;
  if (name === '$match' && !isPaged && isObject(value)) return head.filters.push(value) > 0;
  if (name === '$sort' && !isPaged && !head.sort && isObject(value) && Object.keys(value).length > 0) {
    head.sort = value;
    return true;
  }
  if (name === '$skip' && !isPaged) {
    head.skip = wholeNumber(name, value, 0);
    return true;
  }
  if (name !== '$limit' || head.limit > 0) return false;
  head.limit = wholeNumber(name, value, 1);
  return true;
}

function* searchHead(pipeline: Pipeline, head: Head, name: string): Generator<Match | undefined> {
  const { engine, database, variables, report } = pipeline;
  const filter = compileFilter(filterOf(head), variables);
  const sort = parseSort(head.sort ?? {});
  const collection = engine.catalog.find(database, name);
  if (!collection) return;
  const limit = head.limit && head.limit + head.skip;
  const asked = { collection, filter, sort, limit, hint: pipeline.hint?.(collection) };
  let passed = 0;
  for (const match of engine.search(asked, report)) {
    if (match) passed += 1;
    yield match && passed > head.skip ? match : undefined;
    if (limit > 0 && passed >= limit) return;
  }
}

function* decoded(matches: Generator<Match | undefined>): Stream {
  for (const match of matches) yield match && readPlain(match.raw);
}

/** Whether a stage only counts what comes, as countDocuments of every driver has it: no document needs to be read. */
function isBlind(stage: Document | undefined): boolean {
  if (!stage) return false;
  const [name, spec] = stageParts(stage);
  if (name === '$count') return true;
  if (name !== '$group' || !isObject(spec)) return false;
  const { _id, ...fields } = spec;
  const isFixed = _id === null || typeof _id === 'number';
  return isFixed && Object.values(fields).every((field) => isObject(field) && isNumber(field, '$sum'));
}

const isNumber = (field: Document, operator: string) =>
  Object.keys(field).length === 1 && typeof field[operator] === 'number';

function* unread(matches: Generator<Match | undefined>): Stream {
  for (const match of matches) yield match && {};
}

function* fromList(documents: readonly Document[]): Stream {
  for (const document of documents) yield { ...document };
}

export function checkPipeline(stages: unknown): Document[] {
  if (!Array.isArray(stages) || !stages.every(isObject))
    throw new CommandError('TypeMismatch', "'pipeline' option must be specified as an array of objects");
  for (const [i, stage] of stages.entries()) {
    const [name] = stageParts(stage);
    if ((name === '$out' || name === '$merge') && i < stages.length - 1)
      throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
    if (name === '$changeStream') throw notInSubset('$changeStream', 40573);
  }
  return stages;
}
