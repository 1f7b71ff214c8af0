import type { Document } from './bson/codec.ts';
import { COMMIT_SLICE, type Engine, take } from './engine.ts';
import type { Asked } from './planner/race.ts';
import { decoderFor, type Match } from './planner/walk.ts';

/** How long the search for one document may hold a commit up, in milliseconds. */
const PATIENCE = 10;

const TOO_LONG = Symbol('too long');

/**
 * Finds the first match and changes it within one commit; `change` gets undefined when nothing matches. A search
 * that takes longer is done outside, and its find is matched again inside, until the two agree.
 */
export async function changeOne<T>(
  engine: Engine,
  ask: () => Asked | undefined,
  change: (match: Match | undefined, asked: Asked | undefined) => T,
): Promise<T> {
  for (;;) {
    const quick = await engine.write(() => {
      const asked = ask();
      const found = asked && searchBriefly(engine, asked);
      return found === TOO_LONG ? TOO_LONG : change(found, asked);
    });
    if (quick !== TOO_LONG) return quick;
    const slow = await searchAtLength(engine, ask);
    const checked = await engine.write(() => {
      const asked = ask();
      if (!slow || !asked) return slow ? TOO_LONG : change(undefined, asked);
      const match = rematch(engine, asked, slow.record);
      return match ? change(match, asked) : TOO_LONG;
    });
    if (checked !== TOO_LONG) return checked;
  }
}

function searchBriefly(engine: Engine, asked: Asked): Match | undefined | typeof TOO_LONG {
  const ends = performance.now() + PATIENCE;
  let count = 0;
  for (const match of engine.search({ ...asked, limit: 1 })) {
    if (match) return match;
    count += 1;
    if (count % 64 === 0 && performance.now() > ends) return TOO_LONG;
  }
  return undefined;
}

async function searchAtLength(engine: Engine, ask: () => Asked | undefined): Promise<Match | undefined> {
  const asked = ask();
  let found: Match | undefined;
  if (asked)
    await take(
      engine.search({ ...asked, limit: 1 }),
      (match) => {
        found = match;
        return false;
      },
      asked.deadline,
    );
  return found;
}

/** The document as it is now, if it still matches. */
function rematch(engine: Engine, { collection, filter }: Asked, record: number): Match | undefined {
  const raw = engine.store.document(collection.id, record);
  if (!raw) return undefined;
  const document: Document = decoderFor(filter)(raw);
  return filter.matches(document) ? { record, raw, document } : undefined;
}

/** Changes every match: found first, each matched again inside the commit that changes it. */
export async function changeAll(engine: Engine, asked: Asked, change: (match: Match) => void): Promise<void> {
  const records: number[] = [];
  await take(engine.search(asked), (match) => records.push(match.record) > 0, asked.deadline);
  let next = 0;
  while (next < records.length) {
    await engine.write(() => {
      const ends = performance.now() + COMMIT_SLICE;
      while (next < records.length && performance.now() < ends) {
        const match = rematch(engine, asked, records[next] as number);
        next += 1;
        if (match) change(match);
      }
    });
  }
}
