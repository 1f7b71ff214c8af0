import type { RowProblem } from './row.ts';

interface Issue extends RowProblem {
  line: number;
  isError: boolean;
}

/** The same sentence about one row or many. */
export interface IssueGroup extends RowProblem {
  isError: boolean;
  /** Numbers of the lines in the order of the file. */
  lines: number[];
}

/** One group for each sentence: rows that were left out first, then what was said of most rows. */
export function groupIssues(issues: readonly Issue[]): IssueGroup[] {
  const groups = new Map<string, IssueGroup>();
  for (const { name, values, isError, line } of issues) {
    const key = JSON.stringify([isError, name, values]);
    const group = groups.get(key) ?? { name, values, isError, lines: [] };
    group.lines.push(line);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (one, other) => Number(other.isError) - Number(one.isError) || other.lines.length - one.lines.length,
  );
}

/** Lines that follow each other as one stretch: 4, 6, 7, 8 are [4, 4] and [6, 8]. */
export function stretchesOf(lines: readonly number[]): [from: number, to: number][] {
  const stretches: [number, number][] = [];
  for (const line of lines) {
    const last = stretches.at(-1);
    if (last && (line === last[1] || line === last[1] + 1)) last[1] = line;
    else stretches.push([line, line]);
  }
  return stretches;
}
