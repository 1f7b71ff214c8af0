import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { compileFilter } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { compareSortKeys, parseSort, sortKey } from '../query/sort.ts';
import { Sorter } from '../query/sorter.ts';
import { groupStage } from './group.ts';
import { each, Memory, type Stage, type StageContext, whole } from './stage.ts';
import { wholeNumber } from './stage-parts.ts';

export function match(spec: unknown, { variables }: StageContext): Stage {
  if (!isObject(spec)) throw new CommandError(15959, 'the match filter must be an expression in an object');
  const filter = compileFilter(spec, variables);
  return each((document) => (filter.matches(document) ? [document] : []));
}

interface Keyed {
  readonly document: Document;
  readonly key: unknown[];
}

export function sortStage(spec: unknown): Stage {
  if (!isObject(spec)) throw new CommandError(15973, 'the $sort key specification must be an object');
  if (Object.keys(spec).length === 0)
    throw new CommandError(15976, '$sort stage must have at least one sort key');
  const fields = parseSort(spec);
  return function* through(input) {
    const memory = new Memory('$sort');
    const sorter = new Sorter<Keyed>((a, b) => compareSortKeys(a.key, b.key, fields));
    for (const document of input) {
      yield undefined;
      if (!document) continue;
      memory.keep(document);
      sorter.add({ document, key: sortKey(document, fields) });
    }
    for (const { document } of sorter.drain()) yield document;
  };
}

export function skip(spec: unknown): Stage {
  let left = wholeNumber('$skip', spec, 0);
  return each((document) => {
    left -= 1;
    return left >= 0 ? [] : [document];
  });
}

export function limit(spec: unknown): Stage {
  const most = wholeNumber('$limit', spec, 1);
  return function* through(input) {
    let passed = 0;
    for (const document of input) {
      yield document;
      if (document) passed += 1;
      if (passed === most) return;
    }
  };
}

export function sample(spec: unknown): Stage {
  const size = isObject(spec) ? wholeNumber('$sample', spec.size, 1) : 0;
  if (size === 0)
    throw new CommandError(28745, 'the $sample stage specification must be an object with a size');
  return function* through(input) {
    const memory = new Memory('$sample');
    const chosen: Document[] = [];
    let seen = 0;
    for (const document of input) {
      yield undefined;
      if (!document) continue;
      seen += 1;
      // Each document takes the place of a chosen one as often as keeps all chances equal (Vitter's algorithm R).
      const place = seen <= size ? chosen.length : Math.floor(Math.random() * seen);
      if (place === chosen.length) memory.keep(document);
      if (place < size) chosen[place] = document;
    }
    yield* shuffled(chosen);
  };
}

function shuffled(documents: Document[]): Document[] {
  for (let i = documents.length - 1; i > 0; i -= 1) {
    const other = Math.floor(Math.random() * (i + 1));
    [documents[i], documents[other]] = [documents[other] as Document, documents[i] as Document];
  }
  return documents;
}

export function countStage(spec: unknown): Stage {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.'))
    throw new CommandError(40156, 'the count field must be a non-empty string without $ and dots');
  return function* through(input) {
    let count = 0;
    for (const document of input) {
      if (document) count += 1;
      yield undefined;
    }
    if (count > 0) yield { [spec]: count };
  };
}

export function sortByCount(spec: unknown, context: StageContext): Stage {
  const group = groupStage({ _id: spec, count: { $sum: 1 } }, context);
  const sort = sortStage({ count: -1 });
  return (input) => sort(group(input));
}

export function facet(spec: unknown, context: StageContext): Stage {
  if (!isObject(spec) || Object.keys(spec).length === 0)
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  return function* through(input) {
    let documents: Document[] = [];
    yield* whole('$facet', (all) => {
      documents = all;
      return [];
    })(input);
    const result: Document = {};
    const memory = new Memory('$facet');
    for (const [name, pipeline] of Object.entries(spec)) {
      if (!Array.isArray(pipeline))
        throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is not`);
      const found: Document[] = [];
      for (const document of context.run(pipeline, { documents }, context.variables)) {
        if (document) {
          memory.keep(document);
          found.push(document);
        }
        yield undefined;
      }
      result[name] = found;
    }
    yield result;
  };
}

export function unionWith(spec: unknown, context: StageContext): Stage {
  const given = typeof spec === 'string' ? { coll: spec } : spec;
  const pipeline = isObject(given) && Array.isArray(given.pipeline) ? given.pipeline : [];
  const collection = isObject(given) ? given.coll : undefined;
  const startsItself = isObject(pipeline[0]) && '$documents' in pipeline[0];
  if (typeof collection !== 'string' && !startsItself)
    throw new CommandError('FailedToParse', "the $unionWith stage needs 'coll' or a pipeline of $documents");
  const from = typeof collection === 'string' ? { collection } : { documents: [{}] };
  return function* through(input) {
    yield* input;
    yield* context.run(pipeline, from, context.variables);
  };
}
