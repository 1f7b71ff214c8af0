import type { Document } from '../bson/codec.ts';
import { toNumber } from '../bson/number.ts';
import { CommandError } from '../errors.ts';
import { changeAll, changeOne } from '../write-one.ts';
import { readVariables } from './find.ts';
import type { Invocation } from './invocation.ts';
import { refuseUnknownInStatement } from './known-fields.ts';
import { refuseCollation } from './refusals.ts';
import { asker, listOf } from './update.ts';
import { type WriteError, writeErrorOf, writeReplyOf } from './write-result.ts';

export async function remove(invocation: Invocation): Promise<Document> {
  const { plain } = invocation;
  const statements = listOf(invocation, 'deletes', plain.deletes);
  const variables = readVariables(invocation);
  for (const statement of statements) refuseUnknownInStatement('delete', 'deletes', statement);
  const errors: WriteError[] = [];
  let n = 0;
  for (const [index, statement] of statements.entries()) {
    try {
      n += await removeStatement(invocation, statement, variables);
    } catch (error) {
      errors.push(writeErrorOf(error, index));
      if (plain.ordered !== false) break;
    }
  }
  return writeReplyOf({ n }, errors);
}

async function removeStatement(
  invocation: Invocation,
  statement: Document,
  variables: Document,
): Promise<number> {
  refuseCollation(statement.collation);
  const { engine } = invocation.runtime;
  const limit = toNumber(statement.limit);
  if (limit !== 0 && limit !== 1)
    throw new CommandError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const ask = asker(invocation, statement, variables);
  if (limit === 1)
    return changeOne(engine, ask, (match, asked) => {
      if (!match || !asked) return 0;
      engine.records.remove(asked.collection, match.record, match.document);
      return 1;
    });
  const asked = ask();
  let removed = 0;
  if (asked)
    await changeAll(engine, asked, (match) => {
      engine.records.remove(asked.collection, match.record, match.document);
      removed += 1;
    });
  return removed;
}
