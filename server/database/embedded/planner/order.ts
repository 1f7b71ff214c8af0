import { CommandError } from '../errors.ts';
import { compareSortKeys, type SortField, sortKey } from '../query/sort.ts';
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
  let kept: Kept[] = [];
  let memory = 0;
  const byOrder = (a: Kept, b: Kept) => compareSortKeys(a.key, b.key, sort) || a.record - b.record;
  for (const match of matches) {
    yield undefined;
    if (!match) continue;
    const key = sortKey(match.document, sort);
    const size = 80 + key.reduce<number>((sum, value) => sum + sizeOf(value), 0);
    kept.push({ record: match.record, key, size });
    memory += size;
    if (limit > 0 && kept.length > 2 * limit + 100) {
      kept = kept.sort(byOrder).slice(0, limit);
      memory = kept.reduce((sum, item) => sum + item.size, 0);
    }
    if (memory > MEMORY_LIMIT) throw tooLarge();
  }
  kept.sort(byOrder);
  for (const { record } of limit > 0 ? kept.slice(0, limit) : kept) yield readMatch(walk, record);
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? 16 + value.length * 2 : typeof value === 'object' ? 48 : 8;
}

function tooLarge(): CommandError {
  return new CommandError(
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `Sort exceeded memory limit of ${MEMORY_LIMIT} bytes. Add an index for this order or a limit.`,
  );
}
