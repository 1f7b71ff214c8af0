import { roughSize } from '../bson/rough-size.ts';
import { CommandError } from '../errors.ts';
import { compareSortKeys, type SortField, sortKey } from '../query/sort.ts';
import { Sorter } from '../query/sorter.ts';
import { type Match, readMatch, type Walk } from './walk.ts';

const MEMORY_LIMIT = 100 * 1024 * 1024;

interface Kept {
  readonly record: number;
  readonly key: unknown[];
  readonly size: number;
}

/**
 * Puts matches in order. Keeps only their sort keys, reads the documents again when they are handed out, and of a
 * limited result no more than twice the limit. Throws MongoDB's memory error above 100 MB of keys.
 */
export function* ordered(
  matches: Generator<Match | undefined>,
  { sort, limit, walk }: { sort: readonly SortField[]; limit: number; walk: Walk },
): Generator<Match | undefined> {
  const sorter = new Sorter<Kept>((a, b) => compareSortKeys(a.key, b.key, sort) || a.record - b.record);
  let memory = 0;
  for (const match of matches) {
    yield undefined;
    if (!match) continue;
    const key = sortKey(match.document, sort);
    const size = 80 + key.reduce<number>((sum, value) => sum + roughSize(value), 0);
    sorter.add({ record: match.record, key, size });
    memory += size;
    if (limit > 0 && (sorter.size > 2 * limit + 100 || memory > MEMORY_LIMIT)) {
      const kept = firstOf(sorter, limit);
      memory = kept.reduce((sum, item) => sum + item.size, 0);
      for (const item of kept) sorter.add(item);
    }
    if (memory > MEMORY_LIMIT) throw tooLarge();
  }
  let left = limit > 0 ? limit : Number.POSITIVE_INFINITY;
  for (const { record } of sorter.drain()) {
    yield readMatch(walk, record);
    left -= 1;
    if (left === 0) return;
  }
}

function firstOf<T>(sorter: Sorter<T>, count: number): T[] {
  const found: T[] = [];
  for (const item of sorter.drain()) if (found.push(item) === count) break;
  return found;
}

function tooLarge(): CommandError {
  return new CommandError(
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `Sort exceeded memory limit of ${MEMORY_LIMIT} bytes. Add an index for this order or a limit.`,
  );
}
