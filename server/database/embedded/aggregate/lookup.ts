import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { distinctValues } from '../query/distinct-values.ts';
import { setComputed } from '../query/projection.ts';
import { expression } from './expression.ts';
import { Memory, type Stage, type StageContext } from './stage.ts';

/** Joins by index: each document's values become a filter on the other collection, which the planner answers. */
export function lookup(spec: unknown, context: StageContext): Stage {
  if (!isObject(spec) || typeof spec.from !== 'string' || typeof spec.as !== 'string')
    throw new CommandError('FailedToParse', "$lookup needs 'from' and 'as' as strings");
  const { from: collection, as, localField, foreignField, pipeline = [] } = spec;
  const hasFields = typeof localField === 'string' && typeof foreignField === 'string';
  if (!hasFields && !Array.isArray(spec.pipeline))
    throw new CommandError(
      'FailedToParse',
      '$lookup requires either localField and foreignField or a pipeline',
    );
  const local = hasFields ? localField.split('.') : [];
  const variables = Object.entries((spec.let ?? {}) as Document).map(([name, value]) => ({
    name,
    evaluate: expression(value, context.variables),
  }));
  return function* through(input) {
    for (const document of input) {
      yield undefined;
      if (!document) continue;
      const join = hasFields ? [{ $match: joinFilter(document, local, foreignField) }] : [];
      const bound = Object.fromEntries(variables.map(({ name, evaluate }) => [name, evaluate(document)]));
      const memory = new Memory('$lookup');
      const found: Document[] = [];
      const stages = [...join, ...(pipeline as Document[])];
      for (const other of context.run(stages, { collection }, { ...context.variables, ...bound })) {
        if (other) {
          memory.keep(other);
          found.push(other);
        }
        yield undefined;
      }
      const result = { ...document };
      setComputed(result, as.split('.'), found);
      yield result;
    }
  };
}

/** A missing local field joins with missing and null ones, as in MongoDB. */
function joinFilter(document: Document, local: readonly string[], foreign: string): Document {
  const values = distinctValues(document, local);
  const [only = null] = values;
  return { [foreign]: values.length > 1 ? { $in: values } : { $eq: only } };
}
