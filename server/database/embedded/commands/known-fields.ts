import type { Document } from '../bson/codec.ts';
import { CommandError } from '../errors.ts';
import type { Invocation } from './invocation.ts';

/** Fields that every command may carry. */
const everywhere = words(
  '$db lsid $clusterTime $readPreference readConcern writeConcern comment maxTimeMS apiVersion apiStrict apiDeprecationErrors',
);

const byCommand: Readonly<Record<string, ReadonlySet<string>>> = {
  aggregate: words('pipeline explain cursor allowDiskUse bypassDocumentValidation hint let collation'),
  count: words('query limit skip hint collation fields'),
  createIndexes: words('indexes commitQuorum ignoreUnknownIndexOptions'),
  delete: words('deletes ordered let'),
  distinct: words('key query hint collation'),
  find: words(
    'filter sort projection hint skip limit batchSize singleBatch noCursorTimeout allowDiskUse let collation allowPartialResults oplogReplay max min returnKey showRecordId tailable awaitData',
  ),
  findAndModify: words(
    'query sort remove update new fields upsert bypassDocumentValidation collation arrayFilters hint let',
  ),
  getMore: words('collection batchSize'),
  insert: words('documents ordered bypassDocumentValidation'),
  update: words('updates ordered bypassDocumentValidation let'),
};

const statements = {
  updates: words('q u c multi upsert collation arrayFilters hint'),
  deletes: words('q limit collation hint'),
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Whether every command may carry this field. */
export const mayCarry = (field: string) => everywhere.has(field);

/** Throws CommandError, code 40415, for a field that MongoDB 7 does not know. */
export function refuseUnknownFields({ name, head }: Invocation): void {
  const known = byCommand[name];
  if (!known) return;
  for (const field of Object.keys(head).slice(1))
    if (!known.has(field) && !mayCarry(field)) throw unknown(`${name}.${field}`);
}

export function refuseUnknownInStatement(
  name: string,
  list: keyof typeof statements,
  statement: Document,
): void {
  for (const field of Object.keys(statement))
    if (!statements[list].has(field)) throw unknown(`${name}.${list}.${field}`);
}

const unknown = (path: string) => new CommandError(40415, `BSON field '${path}' is an unknown field.`);
