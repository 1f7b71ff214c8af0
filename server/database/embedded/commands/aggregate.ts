import { checkPipeline, type Pipeline, rawPipeline, runPipeline } from '../aggregate/pipeline.ts';
import type { Stream } from '../aggregate/stage.ts';
import { stageParts } from '../aggregate/stage-parts.ts';
import { mergeInto, writeOut } from '../aggregate/write-out.ts';
import { type Document, encode, readTyped } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import type { Match } from '../planner/walk.ts';
import { DOCUMENT_LIMIT } from '../storage/records.ts';
import { explainSearch } from './explain.ts';
import { owner, readHint, readVariables } from './find.ts';
import type { Invocation } from './invocation.ts';

export async function aggregate(invocation: Invocation): Promise<Document | Buffer> {
  const { runtime, database, plain } = invocation;
  const stages = checkPipeline(plain.pipeline);
  const isWhole = typeof plain.aggregate === 'number';
  const name = isWhole ? '$cmd.aggregate' : invocation.collection;
  if (plain.explain === true) return explainSearch(invocation, plain);
  if (!isObject(plain.cursor))
    throw new CommandError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const pipeline: Pipeline = {
    ...{ engine: runtime.engine, database, variables: readVariables(invocation) },
    hint: plain.hint === undefined ? undefined : (collection) => readHint(collection, plain.hint),
  };
  const last = stages.at(-1);
  const [lastName, lastSpec] = last ? stageParts(last) : [''];
  if (lastName === '$out' || lastName === '$merge') {
    const stream = streamToWrite(pipeline, stages.slice(0, -1), name, lastSpec);
    const write = lastName === '$out' ? writeOut : mergeInto;
    await write({ engine: runtime.engine, database, spec: lastSpec, stream, deadline: invocation.deadline });
    return answer(invocation, name, [][Symbol.iterator]());
  }
  const raw = isWhole ? undefined : rawPipeline(pipeline, stages, name);
  return answer(
    invocation,
    name,
    raw ? rawBytes(raw) : encoded(runPipeline(pipeline, stages, { collection: name })),
  );
}

/** What is only copied keeps the BSON types of its numbers; stages that compute know numbers alone. */
function streamToWrite(
  pipeline: Pipeline,
  stages: readonly Document[],
  name: string,
  target: unknown,
): Stream {
  const computes = isObject(target) && Array.isArray(target.whenMatched);
  const raw = computes ? undefined : rawPipeline(pipeline, stages, name);
  return raw ? typed(raw) : runPipeline(pipeline, stages, { collection: name });
}

function* typed(matches: Generator<Match | undefined>): Stream {
  for (const match of matches) yield match && readTyped(match.raw);
}

function answer(
  invocation: Invocation,
  name: string,
  steps: Iterator<Uint8Array | undefined>,
): Promise<Buffer> {
  const cursor = invocation.object('cursor') ?? {};
  return invocation.runtime.cursors.start({
    namespace: `${invocation.database}.${name}`,
    ...{ steps, single: false, deadline: invocation.deadline, session: owner(invocation) },
    batchSize: typeof cursor.batchSize === 'number' ? cursor.batchSize : undefined,
  });
}

function* rawBytes(matches: Generator<Match | undefined>): Generator<Uint8Array | undefined> {
  for (const match of matches) yield match?.raw;
}

function* encoded(documents: Stream): Generator<Uint8Array | undefined> {
  for (const document of documents) yield document && encodeResult(document);
}

function encodeResult(document: Document): Buffer {
  const raw = encode(document);
  if (raw.length > DOCUMENT_LIMIT)
    throw new CommandError(
      'BSONObjectTooLarge',
      `PlanExecutor error during aggregation :: caused by :: BSONObj size: ${raw.length} is invalid. Size must be between 0 and ${DOCUMENT_LIMIT}`,
    );
  return raw;
}
