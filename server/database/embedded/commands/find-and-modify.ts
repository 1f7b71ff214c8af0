import { appendDocument, type Document, encode, readPlain, readTyped } from '../bson/codec.ts';
import { positionOf } from '../bson/path.ts';
import { CommandError } from '../errors.ts';
import type { Asked } from '../planner/race.ts';
import type { Match } from '../planner/walk.ts';
import { parseProjection } from '../query/projection.ts';
import { insertUpsert, type PreparedUpdate, prepareUpdate, updateMatch } from '../update/run-update.ts';
import { changeOne } from '../write-one.ts';
import { readVariables } from './find.ts';
import type { Invocation } from './invocation.ts';
import { asker } from './update.ts';

interface Result {
  /** Encoded; null when there is nothing to show. */
  value: Uint8Array | null;
  lastErrorObject: Document;
}

export async function findAndModify(invocation: Invocation): Promise<Document | Buffer> {
  const { plain, typed } = invocation;
  const { engine } = invocation.runtime;
  const removes = plain.remove === true;
  checkOptions(plain, removes);
  const variables = readVariables(invocation);
  const ask = asker(invocation, { q: plain.query, sort: plain.sort, hint: plain.hint }, variables);
  const show = shower(invocation.object('fields'), variables);
  const given = {
    u: Array.isArray(plain.update) ? plain.update : typed.update,
    arrayFilters: plain.arrayFilters,
    variables,
  };
  const prepared = removes ? undefined : prepareUpdate(given);
  const result = await changeOne(engine, ask, (match, asked): Result => {
    if (!prepared) return removeMatch(invocation, match, asked, show);
    if (match && asked) return updateFound(invocation, { match, asked, prepared, show });
    if (plain.upsert !== true) return { value: null, lastErrorObject: { n: 0, updatedExisting: false } };
    const namespace = { database: invocation.database, name: invocation.collection };
    const { id, raw } = insertUpsert(engine, namespace, (typed.query ?? {}) as Document, prepared);
    const value = plain.new === true ? show(raw, undefined) : null;
    return { value, lastErrorObject: { n: 1, updatedExisting: false, upserted: id } };
  });
  const { lastErrorObject, value } = result;
  if (value === null) return { lastErrorObject, value, ok: 1 };
  return appendDocument(encode({ lastErrorObject, ok: 1 }), 'value', value);
}

function checkOptions(plain: Document, removes: boolean): void {
  if (!removes && plain.update === undefined)
    throw new CommandError('FailedToParse', 'Either an update or remove=true must be specified');
  if (!removes) return;
  for (const option of ['update', 'upsert', 'new'])
    if (plain[option] !== undefined && plain[option] !== false)
      throw new CommandError('FailedToParse', `Cannot specify both ${option} and remove=true`);
}

type Show = (raw: Uint8Array, match: { matched: () => number | undefined } | undefined) => Uint8Array;

function shower(fields: Document | undefined, variables: Document): Show {
  if (!fields || Object.keys(fields).length === 0) return (raw) => raw;
  const project = parseProjection(fields, variables);
  return (raw, match) => encode(project(readTyped(raw), match?.matched ?? (() => undefined)));
}

function removeMatch(
  invocation: Invocation,
  match: Match | undefined,
  asked: Asked | undefined,
  show: Show,
): Result {
  if (!match || !asked) return { value: null, lastErrorObject: { n: 0 } };
  const value = show(match.raw, { matched: () => positionOf(() => asked.filter.matches(match.document)) });
  invocation.runtime.engine.records.remove(asked.collection, match.record, match.document);
  return { value, lastErrorObject: { n: 1 } };
}

function updateFound(
  { runtime, plain }: Invocation,
  { match, asked, prepared, show }: { match: Match; asked: Asked; prepared: PreparedUpdate; show: Show },
): Result {
  const before = show(match.raw, { matched: () => positionOf(() => asked.filter.matches(match.document)) });
  const { raw } = updateMatch(runtime.engine, asked, match, prepared);
  const after = () => show(raw, { matched: () => positionOf(() => asked.filter.matches(readPlain(raw))) });
  const value = plain.new === true ? after() : before;
  return { value, lastErrorObject: { n: 1, updatedExisting: true } };
}
