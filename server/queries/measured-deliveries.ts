import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { type Figures, type Reading, readingsOf, UNMEASURED } from '../domain/figures.ts';
import { groupBy } from '../domain/group-by.ts';
import { Deliveries } from '../models/delivery.ts';
import { Measurements } from '../models/measurement.ts';

/** A delivery that went out, with everything that was read about it. */
export interface MeasuredDelivery {
  readonly delivery: Delivery & { publishedAt: Date };
  readonly readings: readonly Reading[];
  /** As last read. */
  readonly figures: Figures;
  readonly measuredAt: Date | null;
}

/** Deliveries of a campaign that went out, also those withdrawn later, in the order in which they did. */
export async function measuredDeliveries(campaign: string): Promise<MeasuredDelivery[]> {
  const [deliveries, measurements] = await Promise.all([
    Deliveries.find({ campaign, publishedAt: trusted({ $ne: null }) })
      .sort({ publishedAt: 1 })
      .lean(),
    Measurements.find({ campaign }).lean(),
  ]);
  const byDelivery = groupBy(measurements, ({ delivery }) => delivery);
  return deliveries.flatMap((delivery) => {
    const { publishedAt } = delivery;
    const readings = readingsOf(byDelivery.get(delivery._id) ?? []);
    return publishedAt ? [withReadings({ ...delivery, publishedAt }, readings)] : [];
  });
}

/** Only what went out within the period, as it was measured until its end. */
export function within(
  deliveries: readonly MeasuredDelivery[],
  period: { from: Date; to: Date },
): MeasuredDelivery[] {
  return deliveries
    .filter(({ delivery }) => delivery.publishedAt >= period.from && delivery.publishedAt < period.to)
    .map(({ delivery, readings }) =>
      withReadings(
        delivery,
        readings.filter(({ takenAt }) => takenAt < period.to),
      ),
    );
}

/** When any of these was last read; null when none was. */
export function lastMeasuredAt(deliveries: readonly MeasuredDelivery[]): Date | null {
  const instants = deliveries.flatMap(({ measuredAt }) => measuredAt ?? []);
  return instants.length === 0 ? null : new Date(Math.max(...instants.map((at) => at.getTime())));
}

function withReadings(
  delivery: MeasuredDelivery['delivery'],
  readings: readonly Reading[],
): MeasuredDelivery {
  const last = readings.at(-1);
  return {
    delivery,
    readings,
    figures: last?.figures ?? UNMEASURED,
    measuredAt: last?.takenAt ?? null,
  };
}
