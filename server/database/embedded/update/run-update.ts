import { runPipelineOn } from '../aggregate/update-pipeline.ts';
import { type Document, encode, readPlain } from '../bson/codec.ts';
import { positionOf } from '../bson/path.ts';
import { isObject } from '../bson/rank.ts';
import { compileFilter, type Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Asked } from '../planner/race.ts';
import type { Match } from '../planner/walk.ts';
import type { Filter } from '../query/filter.ts';
import { type Application, applyUpdate } from './apply-update.ts';
import { parseUpdate, type Update } from './parse-update.ts';
import { upsertDocument } from './upsert.ts';

/** An update with everything it was given, ready to run on documents. */
export interface PreparedUpdate {
  readonly update: Update;
  readonly filters: ReadonlyMap<string, Filter>;
  readonly variables: Document;
  readonly now: Date;
}

export interface UpdateGiven {
  readonly u: unknown;
  readonly arrayFilters?: unknown;
  readonly variables: Document;
  /** Values of `c` for an update pipeline, beside those of `let`. */
  readonly constants?: Document | undefined;
}

export function prepareUpdate({ u, arrayFilters, variables, constants }: UpdateGiven): PreparedUpdate {
  const update = parseUpdate(u);
  if (arrayFilters !== undefined && update.kind !== 'operators')
    throw new CommandError(
      'FailedToParse',
      'arrayFilters may not be specified for pipeline-style updates or replacements',
    );
  const filters = readArrayFilters(arrayFilters);
  if (update.kind === 'operators') refuseUnused(update, filters);
  return { update, filters, variables: { ...variables, ...constants }, now: new Date() };
}

function readArrayFilters(given: unknown): Map<string, Filter> {
  const filters = new Map<string, Filter>();
  for (const filter of Array.isArray(given) ? given : []) {
    if (!isObject(filter)) throw new CommandError('TypeMismatch', 'arrayFilters must hold objects');
    const name = identifierOf(filter);
    if (!name || !/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw new CommandError(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name))
      throw new CommandError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    filters.set(name, compileFilter(filter));
  }
  return filters;
}

function identifierOf(filter: Document): string | undefined {
  const [first] = Object.entries(filter);
  if (!first)
    throw new CommandError(
      'FailedToParse',
      'Cannot use an expression without a top-level field name in arrayFilters',
    );
  const [key, value] = first;
  if (key.startsWith('$') && Array.isArray(value) && isObject(value[0])) return identifierOf(value[0]);
  return key.split('.')[0];
}

function refuseUnused(update: Update & { kind: 'operators' }, filters: ReadonlyMap<string, Filter>): void {
  for (const name of filters.keys())
    if (!update.changes.some(({ path }) => path.split('.').includes(`$[${name}]`)))
      throw new CommandError(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update`,
      );
}

function applicationOf(
  prepared: PreparedUpdate,
  match: Match | undefined,
  filter: Filter | undefined,
): Application {
  const matched =
    match && filter && isPositional(prepared.update)
      ? positionOf(() => filter.matches(match.document))
      : undefined;
  return {
    positions: { matched, filters: prepared.filters },
    now: prepared.now,
    isInsert: false,
    pipeline: (document, stages) => runPipelineOn(document, stages, prepared.variables),
  };
}

/** Whether some path holds the positional `$`, for which the filter is asked once more. */
function isPositional(update: Update): boolean {
  return update.kind === 'operators' && update.changes.some(({ path }) => /\.\$(\.|$)/.test(path));
}

/** Updates one match in place, inside a write; returns the new bytes and whether they differ from the old. */
export function updateMatch(
  engine: Engine,
  { collection, filter }: Asked,
  match: Match,
  prepared: PreparedUpdate,
): { raw: Buffer; isModified: boolean } {
  const raw = applyUpdate(match.raw, prepared.update, applicationOf(prepared, match, filter));
  const isModified = !raw.equals(match.raw);
  if (isModified) engine.records.replace(collection, match, raw);
  return { raw, isModified };
}

/** Inserts what the filter and the update make together, inside a write. `query` is the filter with BSON types. */
export function insertUpsert(
  engine: Engine,
  namespace: { database: string; name: string },
  query: Document,
  prepared: PreparedUpdate,
): { id: unknown; raw: Buffer } {
  const document = upsertDocument(query, prepared.update, applicationOf(prepared, undefined, undefined));
  const raw = encode(document);
  engine.records.insert(engine.ensure(namespace.database, namespace.name), raw, readPlain(raw));
  return { id: document._id, raw };
}
