/** Cohen's κ of two coders, from the table of how often each pair of codes was given; null when undefined. */
export function cohensKappa(table: readonly (readonly number[])[]): number | null {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = rows.map((_, column) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const all = rows.reduce((sum, count) => sum + count, 0);
  const observed = table.reduce((sum, row, index) => sum + (row[index] ?? 0), 0) / all;
  const expected = rows.reduce((sum, count, index) => sum + count * (columns[index] ?? 0), 0) / (all * all);
  return all === 0 || expected === 1 ? null : (observed - expected) / (1 - expected);
}

/** One unit with the values that its coders gave; null: this coder did not code it. */
export type CodedUnit = readonly (number | null)[];

/**
 * Krippendorff's α over any number of coders with missing values (Krippendorff 2011): .80 and more is reliable,
 * .667 to .80 tentative. null when nothing can disagree.
 */
export function krippendorffsAlpha(units: readonly CodedUnit[], level: 'nominal' | 'ordinal'): number | null {
  const pairable = units
    .map((unit) => unit.filter((value) => value !== null))
    .filter((values) => values.length > 1);
  const totals = countValues(pairable.flat());
  const n = pairable.flat().length;
  const distance = level === 'nominal' ? nominalDistance : ordinalDistance(totals);
  const observed = pairable.reduce((sum, values) => sum + disagreement(values, distance), 0);
  let expected = 0;
  for (const [one, ofOne] of totals) {
    for (const [other, ofOther] of totals) expected += ofOne * ofOther * distance(one, other);
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

type Distance = (one: number, other: number) => number;

const nominalDistance: Distance = (one, other) => (one === other ? 0 : 1);

/** Squared number of values between two ranks, half of the ends counted. */
function ordinalDistance(totals: ReadonlyMap<number, number>): Distance {
  return (one, other) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    const between = [...totals].filter(([value]) => value >= low && value <= high);
    const all = between.reduce((sum, [, count]) => sum + count, 0);
    return (all - ((totals.get(low) ?? 0) + (totals.get(high) ?? 0)) / 2) ** 2;
  };
}

function disagreement(values: readonly number[], distance: Distance): number {
  let sum = 0;
  for (const one of values) for (const other of values) sum += distance(one, other);
  return sum / (values.length - 1);
}

function countValues(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
