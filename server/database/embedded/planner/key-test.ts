import type { Filter } from '../query/filter.ts';
import type { Index } from '../storage/catalog.ts';

/** Whether the document behind a decoded index key may match. */
export type KeyTest = (values: readonly unknown[]) => boolean;

/** The part of a filter that an index key decides, and whether that is all of it. */
export function keyTest(
  index: Index,
  conditions: readonly Filter[],
): { test: KeyTest | undefined; covers: boolean } {
  if (index.multikey || index.cut) return { test: undefined, covers: false };
  const paths = index.fields.map((field) => field.path);
  const tests = conditions.map((condition) => compile(condition, paths));
  const known = tests.filter((test) => test !== undefined);
  const covers = known.length === tests.length;
  if (known.length === 0) return { test: undefined, covers };
  return { test: (values) => known.every((test) => test(values)), covers };
}

function compile(filter: Filter, paths: readonly string[]): KeyTest | undefined {
  if (filter.kind === 'leaf') {
    const at = paths.indexOf(filter.path);
    const { decide } = filter;
    return at >= 0 && decide ? (values) => decide(values[at]) : undefined;
  }
  if (filter.kind === 'opaque' || filter.kind === 'elements') return undefined;
  const tests = filter.nodes.map((node) => compile(node, paths));
  const known = tests.filter((test) => test !== undefined);
  if (known.length < tests.length) return undefined;
  if (filter.kind === 'and') return (values) => known.every((test) => test(values));
  if (filter.kind === 'or') return (values) => known.some((test) => test(values));
  return (values) => !known.some((test) => test(values));
}
