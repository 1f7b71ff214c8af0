import { type Document, encode, readPlain } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { applyConversions, convertsTo } from './conversions.ts';
import { addFields, flatten, project, replaceRoot, unset } from './reshape.ts';
import type { Stage } from './stage.ts';
import { stageParts } from './stage-parts.ts';

type Build = (spec: unknown, context: { variables: Document }) => Stage;

const allowed: Readonly<Record<string, Build>> = {
  $addFields: addFields,
  $set: addFields,
  $project: project,
  $unset: unset,
  $replaceRoot: (spec, context) => replaceRoot((spec as Document | undefined)?.newRoot, context),
  $replaceWith: replaceRoot,
};

/**
 * One document through an update pipeline. Fields that no stage touched keep their BSON number types, and those that a
 * stage converts get theirs.
 */
export function runPipelineOn(
  document: Document,
  stages: readonly Document[],
  variables: Document,
): Document {
  const before = readPlain(encode(document));
  let current = before;
  const conversions = new Map<string, string>();
  for (const stage of stages) {
    const [name, spec] = stageParts(stage);
    const build = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    if (!build)
      throw new CommandError('InvalidOptions', `${name} is not allowed to be used within an update`);
    const input = one(current);
    current = build(spec, { variables })(input).next().value ?? {};
    noteConversions(name, spec, conversions);
  }
  const result = retyped(current, before, document) as Document;
  applyConversions(result, conversions);
  return result;
}

/** What the last stage to set a field made of it counts. */
function noteConversions(stage: string, spec: unknown, conversions: Map<string, string>): void {
  if (stage.startsWith('$replace')) conversions.clear();
  else if (stage !== '$unset' && isObject(spec))
    for (const [path, expression] of flatten(spec, '')) {
      const type = convertsTo(expression);
      if (type) conversions.set(path, type);
      else if (stage !== '$project' || isObject(expression)) conversions.delete(path);
    }
}

function* one(document: Document) {
  yield document;
}

function retyped(after: unknown, before: unknown, typed: unknown): unknown {
  if (after === before) return typed;
  if (!isObject(after) || !isObject(before) || !isObject(typed)) return after;
  const entries = Object.entries(after).map(([name, value]) => [
    name,
    retyped(value, before[name], typed[name]),
  ]);
  return Object.fromEntries(entries);
}
