import type { Measurement } from './measurement.ts';
import { pooledRatio, type Ratio, sumMeasured } from './ratio.ts';

/** What may be read from a network about one post. */
export const MEASURES = [
  'impressions',
  'likes',
  'reposts',
  'replies',
  'quotes',
  'bookmarks',
  'linkClicks',
  'profileClicks',
] as const;
export type Measure = (typeof MEASURES)[number];

/** Public figures of one post or of several; null: not measured. */
export type Figures = Readonly<Record<Measure, number | null>>;

/** Figures with those that are computed from them. */
export interface Summary extends Figures {
  readonly engagements: number | null;
  /** Engagements over impressions: the denominator that X uses itself. */
  readonly engagementRate: Ratio;
  readonly clickThroughRate: Ratio;
}

/** Likes, reposts, replies and quotes together, as far as they were measured; null when none was. */
export function engagementsOf(figures: Figures): number | null {
  return sumMeasured([figures.likes, figures.reposts, figures.replies, figures.quotes]);
}

/** The last measured value of every figure of one delivery; networks sometimes leave one out for a while. */
export function latestFigures(measurements: readonly Measurement[]): Figures {
  const inOrder = [...measurements].sort((a, b) => a.takenAt.getTime() - b.takenAt.getTime());
  return byMeasure((measure) => inOrder.findLast((taken) => taken[measure] !== null)?.[measure] ?? null);
}

/** Adds the figures of several deliveries of one network and computes their rates from the pooled counts. */
export function summarise(deliveries: readonly Figures[]): Summary {
  return {
    ...byMeasure((measure) => sumMeasured(deliveries.map((figures) => figures[measure]))),
    engagements: sumMeasured(deliveries.map(engagementsOf)),
    engagementRate: pooledRatio(deliveries, engagementsOf, ({ impressions }) => impressions),
    clickThroughRate: pooledRatio(
      deliveries,
      ({ linkClicks }) => linkClicks,
      ({ impressions }) => impressions,
    ),
  };
}

function byMeasure(read: (measure: Measure) => number | null): Figures {
  return {
    impressions: read('impressions'),
    likes: read('likes'),
    reposts: read('reposts'),
    replies: read('replies'),
    quotes: read('quotes'),
    bookmarks: read('bookmarks'),
    linkClicks: read('linkClicks'),
    profileClicks: read('profileClicks'),
  };
}
