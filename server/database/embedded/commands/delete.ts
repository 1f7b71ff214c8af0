import type { Document } from '../bson/codec.ts';
import { toNumber } from '../bson/number.ts';
import { CommandError } from '../errors.ts';
import type { Asked } from '../planner/race.ts';
import type { Match } from '../planner/walk.ts';
import { changeAll, changeOne } from '../write-one.ts';
import { runBulk, type Task } from './bulk.ts';
import { readVariables } from './find.ts';
import type { Invocation } from './invocation.ts';
import { refuseUnknownInStatement } from './known-fields.ts';
import { refuseCollation } from './refusals.ts';
import { asker, listOf } from './update.ts';
import { writeReplyOf } from './write-result.ts';

export async function remove(invocation: Invocation): Promise<Document> {
  const { plain, deadline } = invocation;
  const { engine } = invocation.runtime;
  const statements = listOf(invocation, 'deletes', plain.deletes);
  const variables = readVariables(invocation);
  for (const statement of statements) refuseUnknownInStatement('delete', 'deletes', statement);
  let n = 0;
  const errors = await runBulk({
    ...{ engine, statements, deadline, isOrdered: plain.ordered !== false },
    read: (index) => readStatement(invocation, statements[index] as Document, variables),
    count: (removed) => {
      n += removed;
    },
  });
  return writeReplyOf({ n }, errors);
}

function readStatement(invocation: Invocation, statement: Document, variables: Document): Task<number> {
  refuseCollation(statement.collation);
  const { engine } = invocation.runtime;
  const limit = toNumber(statement.limit);
  if (limit !== 0 && limit !== 1)
    throw new CommandError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const ask = asker(invocation, statement, variables);
  const change = (match: Match | undefined, asked: Asked | undefined) => {
    if (!match || !asked) return 0;
    engine.records.remove(asked.collection, match.record, match.document);
    return 1;
  };
  const removeAll = async () => {
    const asked = ask();
    let removed = 0;
    if (asked)
      await changeAll(engine, asked, (match) => {
        removed += change(match, asked);
      });
    return removed;
  };
  return { ask, change, alone: limit === 1 ? () => changeOne(engine, ask, change) : removeAll };
}
