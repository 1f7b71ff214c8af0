import type { Network } from './network.ts';

/** Public figures of a published delivery at one moment. null: the network does not give it ("not measured"). */
export interface Measurement {
  _id: string;
  delivery: string;
  post: string;
  campaign: string;
  message: string;
  variant: string;
  account: string;
  network: Network;
  takenAt: Date;
  /** Since publication. */
  ageMinutes: number;
  impressions: number | null;
  likes: number | null;
  reposts: number | null;
  replies: number | null;
  quotes: number | null;
  bookmarks: number | null;
  linkClicks: number | null;
  profileClicks: number | null;
  isDemo: boolean;
}

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** How often, in minutes, while a post is younger than this. News is made in the first hours. */
const SCHEDULE = [
  { youngerThan: 2 * HOUR, every: 15 },
  { youngerThan: DAY, every: HOUR },
  { youngerThan: 7 * DAY, every: 6 * HOUR },
  { youngerThan: 30 * DAY, every: DAY },
] as const;

/** Networks give the figures of own posts for 30 days; a measurement that was missed may come a day late. */
export const MEASURED_FOR_MINUTES = 31 * DAY;

/**
 * When a published post is measured next: every 15 minutes in the first two hours, hourly on the first day, every
 * six hours in the first week, daily in the first 30 days. null: not any more. Times lie on a fixed grid after
 * publication, so that late jobs do not shift those that follow.
 */
export function nextMeasurementAt(publishedAt: Date, lastTakenAt: Date | null, now: Date): Date | null {
  if (ageMinutesOf(publishedAt, now) > MEASURED_FOR_MINUTES) return null;
  const lastAge = lastTakenAt ? ageMinutesOf(publishedAt, lastTakenAt) : 0;
  const step = SCHEDULE.find(({ youngerThan }) => lastAge < youngerThan);
  if (!step) return null;
  const nextAge = (Math.floor(lastAge / step.every) + 1) * step.every;
  return new Date(publishedAt.getTime() + nextAge * MINUTE_MS);
}

/** Whole minutes since publication; never negative. */
export function ageMinutesOf(publishedAt: Date, at: Date): number {
  return Math.max(0, Math.floor((at.getTime() - publishedAt.getTime()) / MINUTE_MS));
}
