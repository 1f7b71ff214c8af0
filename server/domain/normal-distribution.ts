/** Two-sided 95 %. */
export const Z_95 = 1.959963984540054;

const LARGEST = 9;

/** P(Z ≤ z) of the standard normal distribution, by its power series (Marsaglia 2004). */
export function normalCumulative(z: number): number {
  if (z < -LARGEST) return 0;
  if (z > LARGEST) return 1;
  let sum = z;
  let term = z;
  for (let odd = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The z below which this share of the standard normal distribution lies; by bisection. */
export function normalQuantile(share: number): number {
  let low = -LARGEST;
  let high = LARGEST;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (normalCumulative(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
