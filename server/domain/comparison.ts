import type { Network } from './network.ts';
import { type Difference, holm, newcombeDifference, type Proportion, pooledTest } from './proportions.ts';
import type { Ratio } from './ratio.ts';

/** One variant as it takes part in a comparison. */
export interface Contender {
  /** Key of its row. */
  readonly variant: string;
  readonly network: Network;
  readonly rate: Ratio;
}

/** A variant set against the most shown variant of the same network. */
export interface Comparison {
  readonly variant: string;
  readonly reference: string;
  readonly network: Network;
  readonly difference: Difference;
  /** Two-sided, adjusted after Holm over all comparisons of the report; null when both rates are zero. */
  readonly p: number | null;
}

/**
 * Sets every variant against the most shown one of its network. Nobody was assigned to a variant by chance, so
 * whoever shows this has to call it observational.
 */
export function compareVariants(contenders: readonly Contender[]): Comparison[] {
  const pairs = contenders.flatMap((contender) => pairWithReference(contender, contenders));
  const adjusted = holm(pairs.map(({ p }) => p ?? 1));
  return pairs.map((pair, index) => ({ ...pair, p: pair.p === null ? null : (adjusted[index] ?? null) }));
}

function pairWithReference(contender: Contender, contenders: readonly Contender[]): Comparison[] {
  const { variant, network } = contender;
  const reference = contenders
    .filter((other) => other.network === network && proportionOf(other.rate))
    .reduce<Contender | null>((most, other) => (shownOf(other) > shownOf(most) ? other : most), null);
  if (!reference || reference.variant === variant) return [];
  const [a, b] = [proportionOf(contender.rate), proportionOf(reference.rate)];
  const difference = a && b ? newcombeDifference(a, b) : null;
  if (!a || !b || !difference) return [];
  return [{ variant, reference: reference.variant, network, difference, p: pooledTest(a, b)?.p ?? null }];
}

/** A measured rate as so many of so many; null when it is not measured or not measurable. */
export function proportionOf({ numerator, denominator, value }: Ratio): Proportion | null {
  if (numerator === null || denominator === null || value === null) return null;
  return { successes: numerator, trials: denominator };
}

function shownOf(contender: Contender | null): number {
  return contender?.rate.denominator ?? 0;
}
