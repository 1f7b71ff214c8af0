import { type Document, encode, readTyped } from '../bson/codec.ts';
import { equalValues } from '../bson/compare.ts';
import { isObject, RANK, rankOf } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { typeName } from '../query/type-names.ts';
import { operators } from './operators.ts';
import type { Update } from './parse-update.ts';
import { type Positions, targetsOf } from './target.ts';

export interface Application {
  readonly positions: Positions;
  readonly now: Date;
  readonly isInsert: boolean;
  /** Runs an update pipeline over one document. */
  readonly pipeline: (document: Document, stages: readonly Document[]) => Document;
}

/** The document after the update, encoded. Throws CommandError, for instance when _id would change. */
export function applyUpdate(raw: Uint8Array, update: Update, application: Application): Buffer {
  const before = readTyped(raw);
  // An update may reach into an embedded document, but nothing changes any other _id in place.
  const id = isObject(before._id) ? readTyped(raw)._id : before._id;
  const after = changed(before, raw, update, application);
  if (id === undefined) return encode(after);
  if (after._id === undefined && update.kind !== 'operators') return encode({ _id: id, ...after });
  if (!equalValues(after._id, id)) throw immutable(update, after);
  return encode(idFirst(after));
}

function changed(before: Document, raw: Uint8Array, update: Update, application: Application): Document {
  if (update.kind === 'replacement') return { ...update.document };
  if (update.kind === 'pipeline') return application.pipeline(readTyped(raw), update.stages);
  for (const { operator, path, operand } of update.changes) {
    if (operator === '$rename') rename(before, path, String(operand), application);
    const found = operators[operator];
    if (!found || (found.onlyOnInsert && !application.isInsert)) continue;
    const context = { now: application.now, path };
    for (const target of targetsOf(before, path, found.creates, application.positions))
      found.apply(target, operand, context);
  }
  return before;
}

function rename(document: Document, from: string, to: string, { positions }: Application): void {
  const [source] = targetsOf(document, from, false, positions);
  const value = source?.get();
  if (!source || value === undefined) return;
  source.unset();
  for (const target of targetsOf(document, to, true, positions)) target.set(value);
}

function immutable(update: Update, after: Document): CommandError {
  if (update.kind === 'operators')
    return new CommandError(
      'ImmutableField',
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  return new CommandError(
    'ImmutableField',
    `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${JSON.stringify(after._id)}`,
  );
}

/** MongoDB stores _id first, whatever the client sent. */
export function idFirst(document: Document): Document {
  if (!('_id' in document) || Object.keys(document)[0] === '_id') return document;
  const { _id, ...others } = document;
  return { _id, ...others };
}

/** Throws InvalidIdField for what cannot be an _id. */
export function checkId(id: unknown): void {
  const rank = rankOf(id);
  if (rank === RANK.array || rank === RANK.regex || rank === RANK.undefined)
    throw new CommandError('InvalidIdField', `The '_id' value cannot be of type ${typeName(id)}`);
  if (rank !== RANK.object) return;
  const stray = Object.keys(id as Document).find(
    (key) => key.startsWith('$') && !['$ref', '$id', '$db'].includes(key),
  );
  if (stray)
    throw new CommandError(
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${stray} is not valid for storage.`,
    );
}
