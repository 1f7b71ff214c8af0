import type { Proportion } from './proportions.ts';

/** Mean of an indicator before and after, in one group. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** How much more the first group changed than the second (as in Card & Krueger 1994). */
export function differenceInDifferences(treated: BeforeAfter, control: BeforeAfter): number {
  return treated.after - treated.before - (control.after - control.before);
}

/** P(B > A) when both begin as Beta(1, 1); exact, as a finite sum (Evan Miller 2015). */
export function probabilityOfSuperiority(a: Proportion, b: Proportion): number {
  const [alphaA, betaA] = [a.successes + 1, a.trials - a.successes + 1];
  const [alphaB, betaB] = [b.successes + 1, b.trials - b.successes + 1];
  let sum = 0;
  for (let i = 0; i < alphaB; i += 1) {
    sum += Math.exp(
      logBeta(alphaA + i, betaA + betaB) -
        Math.log(betaB + i) -
        logBeta(1 + i, betaB) -
        logBeta(alphaA, betaA),
    );
  }
  return sum;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** Lanczos approximation (g = 7, n = 9) for x ≥ 1. */
function logGamma(x: number): number {
  const shifted = x - 1;
  const series = LANCZOS.reduce((sum, c, index) => sum + c / (shifted + index + 1), 0.9999999999998099);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
}
