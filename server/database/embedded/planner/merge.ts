import { compareSortKeys, type SortField, sortKey } from '../query/sort.ts';
import { RecordSet } from './record-set.ts';
import { type Match, readMatch, type Walk } from './walk.ts';

interface Head {
  readonly record: number;
  readonly key: unknown[];
}

/**
 * Streams that are each in order, as one: always the foremost of their next documents, each document once. A document
 * is read again when its turn has come, for it may have waited long.
 */
export function* merged(
  streams: readonly Generator<Match | undefined>[],
  sort: readonly SortField[],
  walk: Walk,
): Generator<Match | undefined> {
  const seen = new RecordSet();
  const heads = new Map<Generator<Match | undefined>, Head>();
  try {
    for (const stream of streams) yield* advance(stream, heads, sort);
    for (;;) {
      const [foremost] = [...heads].sort(([, a], [, b]) => compareSortKeys(a.key, b.key, sort));
      if (!foremost) return;
      const [stream, { record }] = foremost;
      if (seen.add(record)) yield readMatch(walk, record);
      yield* advance(stream, heads, sort);
    }
  } finally {
    for (const stream of streams) stream.return(undefined);
  }
}

/** Puts the stream's next document among the heads, or takes the stream out when it has no more. */
function* advance(
  stream: Generator<Match | undefined>,
  heads: Map<Generator<Match | undefined>, Head>,
  sort: readonly SortField[],
): Generator<undefined> {
  heads.delete(stream);
  for (;;) {
    const { done, value } = stream.next();
    if (done) return;
    if (value) {
      heads.set(stream, { record: value.record, key: sortKey(value.document, sort) });
      return;
    }
    yield undefined;
  }
}
