import type { Document } from '../bson/codec.ts';
import { compareValues } from '../bson/compare.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { expression } from './expression.ts';
import { groupStage } from './group.ts';
import { sortStage } from './select.ts';
import { each, type Stage, type StageContext } from './stage.ts';

const BUCKET = '__bucket';

/** Groups by the half-open interval between two boundaries that a value falls into. */
export function bucket(spec: unknown, context: StageContext): Stage {
  if (!isObject(spec) || !Array.isArray(spec.boundaries) || spec.boundaries.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must be an array of at least two values");
  const groupedBy = expression(spec.groupBy, context.variables);
  const boundaries = spec.boundaries.map((boundary) => expression(boundary, context.variables)({}));
  if (boundaries.some((boundary, i) => i > 0 && compareValues(boundaries[i - 1], boundary) >= 0))
    throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted");
  const mark = each((document) => [
    { ...document, [BUCKET]: bucketOf(groupedBy(document), boundaries, spec) },
  ]);
  const output = (spec.output ?? { count: { $sum: 1 } }) as Document;
  const group = groupStage({ _id: `$${BUCKET}`, ...output }, context);
  const sort = sortStage({ _id: 1 });
  return (input) => sort(group(mark(input)));
}

function bucketOf(value: unknown, boundaries: readonly unknown[], spec: Document): unknown {
  const upper = boundaries.findIndex((boundary) => compareValues(value, boundary) < 0);
  if (upper > 0) return boundaries[upper - 1];
  if (!('default' in spec))
    throw new CommandError(
      40066,
      'PlanExecutor error during aggregation :: caused by :: $switch could not find a matching branch for an input, and no default was specified.',
    );
  return spec.default;
}
