/**
 * A figure with what it was made of. `null` parts were not measured; a `value` of null over a denominator of
 * zero is not measurable. Neither is ever zero.
 */
export interface Ratio {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
}

/** Divides two counts and keeps both; the value is null when a part is missing or the denominator is zero. */
export function ratioOf(numerator: number | null, denominator: number | null): Ratio {
  const isMeasurable = numerator !== null && denominator !== null && denominator > 0;
  return { numerator, denominator, value: isMeasurable ? numerator / denominator : null };
}

/** Why a ratio has no value; null when it has one. */
export function reasonWithoutValue(ratio: Ratio): 'not-measured' | 'not-measurable' | null {
  if (ratio.value !== null) return null;
  return ratio.numerator === null || ratio.denominator === null ? 'not-measured' : 'not-measurable';
}

/**
 * One ratio over several items: numerators and denominators are added, but only of items that have both, so
 * that an item without a denominator cannot lift the figure.
 */
export function pooledRatio<Item>(
  items: readonly Item[],
  numeratorOf: (item: Item) => number | null,
  denominatorOf: (item: Item) => number | null,
): Ratio {
  const whole = items.filter((item) => numeratorOf(item) !== null && denominatorOf(item) !== null);
  return ratioOf(sumMeasured(whole.map(numeratorOf)), sumMeasured(whole.map(denominatorOf)));
}

/** Adds what was measured; null when nothing was. */
export function sumMeasured(values: readonly (number | null)[]): number | null {
  const measured = values.filter((value) => value !== null);
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0);
}
