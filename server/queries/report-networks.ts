import {
  engagementsOf,
  type Figures,
  MEASURES,
  type Measure,
  type Summary,
  summarise,
} from '../domain/figures.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Network } from '../domain/network.ts';
import type { Period } from '../domain/period.ts';
import { type SeriesPoint, seriesOf } from '../domain/series.ts';
import { lastMeasuredAt, type MeasuredDelivery } from './measured-deliveries.ts';

/** What one network gave. */
export interface NetworkReport {
  readonly network: Network;
  readonly summary: Summary;
  readonly measuredAt: Date | null;
  /** Impressions per step. */
  readonly awareness: readonly SeriesPoint[];
  /** Engagements per step. */
  readonly engagement: readonly SeriesPoint[];
  /** Reach is given by no network for single posts, so it is always among them. */
  readonly notMeasured: readonly (Measure | 'reach')[];
}

/** One part per network: their figures mean different things and are drawn apart. */
export function reportNetworks(deliveries: readonly MeasuredDelivery[], period: Period): NetworkReport[] {
  return [...groupBy(deliveries, ({ delivery }) => delivery.network)].map(([network, ofNetwork]) => {
    const summary = summarise(ofNetwork.map(({ figures }) => figures));
    const series = (figureOf: (figures: Figures) => number | null) =>
      seriesOf(
        ofNetwork.flatMap(({ delivery, readings }) =>
          readings.map(({ takenAt, figures }) => ({
            delivery: delivery._id,
            takenAt,
            value: figureOf(figures),
          })),
        ),
        period.boundaries,
      );
    return {
      network,
      summary,
      measuredAt: lastMeasuredAt(ofNetwork),
      awareness: series(({ impressions }) => impressions),
      engagement: series(engagementsOf),
      notMeasured: ['reach', ...MEASURES.filter((measure) => summary[measure] === null)],
    };
  });
}
