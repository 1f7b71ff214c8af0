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

/** The figures of one delivery as they were known at one moment. */
export interface Reading {
  readonly takenAt: Date;
  readonly figures: Figures;
}

/**
 * The measurements of one delivery in order, each filled up with the last measured value of what it lacks:
 * networks sometimes leave a figure out for a while, which does not make it unknown again.
 */
export function readingsOf(measurements: readonly Measurement[]): Reading[] {
  const inOrder = [...measurements].sort((a, b) => a.takenAt.getTime() - b.takenAt.getTime());
  let known = byMeasure(() => null);
  return inOrder.map((taken) => {
    const before = known;
    known = byMeasure((measure) => taken[measure] ?? before[measure]);
    return { takenAt: taken.takenAt, figures: known };
  });
}

/** Figures of something that nobody has measured yet. */
export const UNMEASURED: Figures = byMeasure(() => null);

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
