import type { Document } from '../bson/codec.ts';
import { CommandError, notInSubset } from '../errors.ts';
import { bucket } from './bucket.ts';
import { groupStage } from './group.ts';
import { lookup } from './lookup.ts';
import { viaMingo } from './mingo-stage.ts';
import { addFields, project, replaceRoot, unset, unwind } from './reshape.ts';
import {
  countStage,
  facet,
  limit,
  match,
  sample,
  skip,
  sortByCount,
  sortStage,
  unionWith,
} from './select.ts';
import type { Stage, StageContext } from './stage.ts';

type Build = (spec: unknown, context: StageContext) => Stage;

const builders: Readonly<Record<string, Build>> = {
  $addFields: addFields,
  $bucket: bucket,
  $bucketAuto: viaMingo('$bucketAuto'),
  $count: countStage,
  $densify: viaMingo('$densify'),
  $facet: facet,
  $fill: viaMingo('$fill'),
  $group: groupStage,
  $limit: limit,
  $lookup: lookup,
  $match: match,
  $project: project,
  $redact: viaMingo('$redact', 'one by one'),
  $replaceRoot: (spec, context) => replaceRoot((spec as Document | undefined)?.newRoot, context),
  $replaceWith: replaceRoot,
  $sample: sample,
  $set: addFields,
  $setWindowFields: viaMingo('$setWindowFields'),
  $skip: skip,
  $sort: sortStage,
  $sortByCount: sortByCount,
  $unionWith: unionWith,
  $unset: unset,
  $unwind: unwind,
};

/** Stages that MongoDB has and this server refuses. */
export const leftOutStages: readonly string[] = [
  '$changeStreamSplitLargeEvent',
  '$collStats',
  '$currentOp',
  '$geoNear',
  '$graphLookup',
  '$indexStats',
  '$listLocalSessions',
  '$listSampledQueries',
  '$listSessions',
  '$planCacheStats',
  '$search',
  '$searchMeta',
  '$vectorSearch',
];

/** The stages that pipelines may have, besides $documents in front and $out or $merge at the end. */
export const stageNames: readonly string[] = [
  ...Object.keys(builders),
  '$documents',
  '$merge',
  '$out',
].sort();

/** Throws CommandError for unknown stages and a refusal for those that are left out. */
export function buildStage([name, spec]: [string, unknown], context: StageContext): Stage {
  const build = Object.hasOwn(builders, name) ? builders[name] : undefined;
  if (build) return build(spec, context);
  if (leftOutStages.includes(name)) throw notInSubset(`The stage ${name}`, 40324);
  throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
}
