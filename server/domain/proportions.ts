import { normalCumulative, normalQuantile, Z_95 } from './normal-distribution.ts';

/** So many of so many. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Difference extends Interval {
  /** First proportion minus the second. */
  readonly difference: number;
}

export interface PooledTest {
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * 95 % interval of a proportion (Wilson 1927). null when there were no trials, or more successes than trials,
 * as happens when one impression brings several engagements: then it is no proportion.
 */
export function wilsonInterval({ successes, trials }: Proportion): Interval | null {
  if (!isProportion({ successes, trials })) return null;
  const share = successes / trials;
  const zSquared = Z_95 * Z_95;
  const centre = (share + zSquared / (2 * trials)) / (1 + zSquared / trials);
  const spread = Math.sqrt((share * (1 - share)) / trials + zSquared / (4 * trials * trials));
  const half = (Z_95 * spread) / (1 + zSquared / trials);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Difference of two independent proportions with its 95 % interval (Newcombe 1998, method 10). */
export function newcombeDifference(a: Proportion, b: Proportion): Difference | null {
  const [ofA, ofB] = [wilsonInterval(a), wilsonInterval(b)];
  if (!ofA || !ofB) return null;
  const [shareA, shareB] = [a.successes / a.trials, b.successes / b.trials];
  const difference = shareA - shareB;
  return {
    difference,
    low: difference - Math.hypot(shareA - ofA.low, ofB.high - shareB),
    high: difference + Math.hypot(ofA.high - shareA, shareB - ofB.low),
  };
}

/** z test of two proportions with pooled variance; null when there is nothing to tell apart. */
export function pooledTest(a: Proportion, b: Proportion): PooledTest | null {
  if (!isProportion(a) || !isProportion(b)) return null;
  const pooled = (a.successes + b.successes) / (a.trials + b.trials);
  const variance = pooled * (1 - pooled) * (1 / a.trials + 1 / b.trials);
  if (variance === 0) return null;
  const z = (a.successes / a.trials - b.successes / b.trials) / Math.sqrt(variance);
  return { z, p: 2 * normalCumulative(-Math.abs(z)) };
}

/** Trials needed per arm to tell two proportions apart; α two-sided (Fleiss 1981, without continuity correction). */
export function sampleSizePerArm(
  first: number,
  second: number,
  { alpha, power } = { alpha: 0.05, power: 0.8 },
): number {
  const mean = (first + second) / 2;
  const underNone = normalQuantile(1 - alpha / 2) * Math.sqrt(2 * mean * (1 - mean));
  const underSome = normalQuantile(power) * Math.sqrt(first * (1 - first) + second * (1 - second));
  return Math.ceil((underNone + underSome) ** 2 / (first - second) ** 2);
}

/** p values adjusted for being looked at together (Holm 1979), in the order they were given. */
export function holm(values: readonly number[]): number[] {
  const order = values.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(values.length).fill(1);
  let largest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (values.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}

function isProportion({ successes, trials }: Proportion): boolean {
  return trials > 0 && successes >= 0 && successes <= trials;
}
