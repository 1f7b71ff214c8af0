import type { Document } from '../bson/codec.ts';
import { compareValues } from '../bson/compare.ts';
import { compileFilter, EVERYTHING, take } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { countMatches } from '../planner/count.ts';
import { distinctValues } from '../query/distinct-values.ts';
import { encodeKey } from '../storage/encode-key.ts';
import { askedOf, readVariables } from './find.ts';
import type { Invocation } from './invocation.ts';

export async function count(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const query = invocation.object('query') ?? {};
  const skip = invocation.number('skip') ?? 0;
  const limit = Math.abs(invocation.number('limit') ?? 0);
  const filter =
    Object.keys(query).length === 0 ? EVERYTHING : compileFilter(query, readVariables(invocation));
  const asked = askedOf(invocation, filter, limit && limit + skip);
  const found = asked ? await countMatches(engine, asked, invocation.deadline) : 0;
  const counted = Math.max(0, found - skip);
  return { n: limit > 0 ? Math.min(limit, counted) : counted, ok: 1 };
}

const LARGEST_ANSWER = 16 * 1024 * 1024;

export async function distinct(invocation: Invocation): Promise<Document> {
  const { engine } = invocation.runtime;
  const key = invocation.plain.key;
  if (typeof key !== 'string' || key === '')
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'distinct.key' is the wrong type, expected type 'string'",
    );
  const asked = askedOf(invocation, compileFilter(invocation.plain.query, readVariables(invocation)), 0);
  const values = new Map<string, unknown>();
  let size = 0;
  if (asked)
    await take(
      engine.search(asked),
      ({ document }) => {
        for (const value of distinctValues(document, key.split('.'))) {
          const name = encodeKey([value], [1]).toString('latin1');
          if (!values.has(name)) size += name.length;
          if (size > LARGEST_ANSWER) throw new CommandError(17217, 'distinct too big, 16mb cap');
          values.set(name, value);
        }
        return true;
      },
      invocation.deadline,
    );
  return { values: [...values.values()].sort(compareValues), ok: 1 };
}
