import { type Ratio, ratioOf } from './ratio.ts';

/** Figures that an objective may name as its indicator and that the software reads by itself. */
const READ_INDICATORS = [
  'impressions',
  'engagements',
  'engagement-rate',
  'link-clicks',
  'click-through-rate',
  'likes',
  'reposts',
  'replies',
  'constructive-ratio',
  'sustained-rate',
] as const;
export type ReadIndicator = (typeof READ_INDICATORS)[number];

/**
 * The figure that an objective's indicator names, written as in `READ_INDICATORS` or in plain words
 * ("Link clicks"); null when it is counted elsewhere, for example by the helpline.
 */
export function readIndicator(indicator: string): ReadIndicator | null {
  const slug = indicator
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/gu, '-');
  return READ_INDICATORS.find((name) => name === slug) ?? null;
}

/**
 * How much of a target is reached: now / target when it is to grow, and the way from the baseline when it is to
 * fall. Parts that are missing stay null.
 */
export function targetProgress(baseline: number | null, now: number | null, target: number | null): Ratio {
  if (now === null || target === null) return ratioOf(now, target);
  const isToFall = baseline !== null && target < baseline;
  return isToFall ? ratioOf(baseline - now, baseline - target) : ratioOf(now, target);
}
