import { sumMeasured } from './ratio.ts';

/** One figure of one delivery at one moment; null: not measured. */
export interface SeriesReading {
  readonly delivery: string;
  readonly takenAt: Date;
  readonly value: number | null;
}

export interface SeriesPoint {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Sum over the deliveries of the last value read before `to`; null before the first one. */
  readonly total: number | null;
  /** Growth of the total since the point before; negative when people take something back. */
  readonly gained: number | null;
}

/**
 * Turns readings, which are running totals at odd moments, into one point per period. A growth counts in the
 * period in which it was read. `boundaries` are the ends of the periods in order, with the start of the first in
 * front.
 */
export function seriesOf(readings: readonly SeriesReading[], boundaries: readonly Date[]): SeriesPoint[] {
  const inOrder = readings
    .filter(({ value }) => value !== null)
    .sort((a, b) => a.takenAt.getTime() - b.takenAt.getTime());
  const latest = new Map<string, number | null>();
  let next = 0;
  let before: number | null = null;
  return boundaries.slice(1).map((to, index) => {
    for (let reading = inOrder[next]; reading && reading.takenAt < to; reading = inOrder[next]) {
      latest.set(reading.delivery, reading.value);
      next += 1;
    }
    const total = sumMeasured([...latest.values()]);
    const point = {
      from: boundaries[index] ?? to,
      to,
      total,
      gained: total === null ? null : total - (before ?? 0),
    };
    before = total;
    return point;
  });
}
