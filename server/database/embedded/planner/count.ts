import { type Engine, EVERYTHING, take } from '../engine.ts';
import { candidates, type IndexPlan, type Question } from './plan.ts';
import type { Asked } from './race.ts';
import { decoderFor, walkIndex } from './walk.ts';

/**
 * How many documents match, counted no further than `asked.limit` when that is set. The whole collection is known
 * by heart, and a filter that an index decides is counted on its keys alone.
 */
export async function countMatches(engine: Engine, asked: Asked, deadline: number): Promise<number> {
  const { collection, filter, limit } = asked;
  if (filter === EVERYTHING) return engine.catalog.count(collection);
  let found = 0;
  const accept = () => {
    found += 1;
    return limit === 0 || found < limit;
  };
  await take<unknown>(keysOf(engine, asked) ?? engine.search(asked), accept, deadline);
  return found;
}

/** The plan that decides the filter on its keys alone, if there is one. */
export function coveringPlan(question: Question): IndexPlan | undefined {
  const covering = candidates(question).find(
    (plan) => plan.kind === 'index' && plan.covers && !plan.index.sparse,
  );
  return covering?.kind === 'index' ? covering : undefined;
}

function keysOf(engine: Engine, asked: Asked): Generator<number | undefined> | undefined {
  const covering = coveringPlan(asked);
  if (!covering) return undefined;
  const { collection, filter } = asked;
  return walkIndex(covering, {
    ...{ store: engine.store, collection: collection.id, filter },
    decode: decoderFor(filter),
    effort: { keys: 0, documents: 0 },
  });
}
