import { Long } from 'bson';
import { keptFields } from '../bson/changed-fields.ts';
import { type Document, encode, readTyped } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { positionOf } from '../bson/path.ts';
import { isObject } from '../bson/rank.ts';
import { compileFilter } from '../engine.ts';
import { CommandError, notInSubset } from '../errors.ts';
import { isVisible, type Question } from '../planner/plan.ts';
import type { Asked } from '../planner/race.ts';
import type { Match } from '../planner/walk.ts';
import type { Filter } from '../query/filter.ts';
import { parseProjection, wantedFields } from '../query/projection.ts';
import { parseSort } from '../query/sort.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Invocation } from './invocation.ts';
import { refuse } from './refusals.ts';
import { sessionName } from './sessions.ts';

export async function find(invocation: Invocation): Promise<Buffer> {
  refuse(invocation, ['tailable', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max']);
  const { runtime, namespace } = invocation;
  const limit = wholeNumber(invocation, 'limit');
  const batchSize = invocation.number('batchSize');
  if (batchSize !== undefined && batchSize < 0)
    throw new CommandError(51024, `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`);
  return runtime.cursors.start({
    namespace,
    steps: findSteps(invocation, Math.abs(limit)),
    batchSize: limit < 0 ? Math.abs(limit) : batchSize,
    single: invocation.flag('singleBatch') || limit < 0,
    deadline: invocation.deadline,
    session: owner(invocation),
    isPatient: invocation.flag('noCursorTimeout'),
  });
}

/** The logical session that a command is part of and that owns the cursor it opens. */
export const owner = ({ head }: Invocation): string | undefined => sessionName(head.lsid);

function wholeNumber(invocation: Invocation, field: string): number {
  const value = invocation.number(field) ?? 0;
  if (field === 'skip' && value < 0)
    throw new CommandError(51024, `BSON field 'skip' value must be >= 0, actual value '${value}'`);
  return Math.trunc(value);
}

function findSteps(invocation: Invocation, limit: number): Generator<Uint8Array | undefined> {
  const { runtime } = invocation;
  const variables = readVariables(invocation);
  const filter = compileFilter(invocation.plain.filter, variables);
  const projection = invocation.object('projection');
  const project =
    projection && Object.keys(projection).length > 0 ? projector(projection, filter, variables) : undefined;
  const skip = wholeNumber(invocation, 'skip');
  const asked = askedOf(invocation, filter, limit && limit + skip);
  if (!asked) return nothing();
  return paged(runtime.engine.search(asked), { skip, limit, project });
}

function* nothing(): Generator<undefined> {
  // A collection that does not exist has no documents, which is no error.
}

/** The command's question, or undefined when its collection does not exist. */
export function askedOf(invocation: Invocation, filter: Filter, limit: number): Asked | undefined {
  const { engine } = invocation.runtime;
  const sort = parseSort(invocation.object('sort') ?? {});
  const collection = engine.catalog.find(invocation.database, invocation.collection);
  if (!collection) return undefined;
  const natural =
    sort[0]?.path === '$natural' ? (sort[0].direction === 1 ? 'natural' : 'backwards') : undefined;
  const hint = natural ?? readHint(collection, invocation.plain.hint);
  return { collection, filter, sort: natural ? [] : sort, limit, hint };
}

export function readVariables(invocation: Invocation): Document {
  const given = invocation.object('let');
  if (!given) return {};
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      isObject(value) && '$literal' in value ? value.$literal : value,
    ]),
  );
}

/** Throws BadValue for an index that does not exist. */
export function readHint(collection: Collection, hint: unknown): Question['hint'] {
  if (hint === undefined || hint === null) return undefined;
  if (isObject(hint) && Object.keys(hint).length === 0) return undefined;
  if (isObject(hint) && '$natural' in hint) return toNumber(hint.$natural) < 0 ? 'backwards' : 'natural';
  const wanted = isObject(hint) ? keyText(hint) : undefined;
  const found = collection.indexes.find((index) =>
    wanted === undefined ? index.name === hint : keyText(index.spec.key as Document) === wanted,
  );
  if (!found || !isVisible(found))
    throw new CommandError(
      'BadValue',
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  return found;
}

export function keyText(key: Document): string {
  return Object.entries(key)
    .map(([path, value]) => `${path}:${isNumeric(value) ? toNumber(value) : String(value)}`)
    .join();
}

type Projector = (match: Match) => Uint8Array;

function projector(projection: Document, filter: Filter, variables: Document): Projector {
  const project = parseProjection(projection, variables);
  const isWanted = wantedFields(projection);
  // Most projections show or hide whole fields: those are copied and not decoded.
  if (isWanted) return ({ raw }) => keptFields(raw, isWanted);
  return ({ raw, document }) =>
    encode(project(readTyped(raw), () => positionOf(() => filter.matches(document))));
}

function* paged(
  matches: Generator<Match | undefined>,
  { skip, limit, project }: { skip: number; limit: number; project: Projector | undefined },
): Generator<Uint8Array | undefined> {
  let passed = 0;
  for (const match of matches) {
    if (!match) {
      yield undefined;
      continue;
    }
    passed += 1;
    if (passed <= skip) continue;
    yield project ? project(match) : match.raw;
    if (limit > 0 && passed >= skip + limit) return;
  }
}

export async function getMore(invocation: Invocation): Promise<Buffer> {
  const id = invocation.head.getMore;
  if (!isNumeric(id)) throw new CommandError('TypeMismatch', "Field 'getMore' must be of type long");
  const namespace = `${invocation.database}.${String(invocation.head.collection)}`;
  if (invocation.flag('awaitData')) throw notInSubset('awaitData');
  if (invocation.flag('maxTimeMS'))
    throw new CommandError('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  const batchSize = invocation.number('batchSize');
  return invocation.runtime.cursors.more({
    id: asLong(id),
    namespace,
    batchSize,
    session: owner(invocation),
  });
}

export async function killCursors(invocation: Invocation): Promise<Document> {
  const ids = Array.isArray(invocation.head.cursors) ? invocation.head.cursors : [];
  const killed = ids.filter((id) => invocation.runtime.cursors.kill(asLong(id)));
  const missing = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

function asLong(value: unknown): Long {
  return typeof value === 'bigint' ? Long.fromBigInt(value) : Long.fromNumber(toNumber(value));
}
