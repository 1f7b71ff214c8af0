import { Temporal } from 'temporal-polyfill';
import { dayOf } from './period.ts';

/**
 * How many openings a day pass before somebody is asked to take a break, unless they chose otherwise. Studies of
 * researchers name repeated exposure as what harms, and no number of texts (Lakomy and Bożek 2023, GNET; Pearson and
 * others 2023, REASSURE, VOX-Pol). A published limit is time: four hours a day for YouTube's moderators (March 2018).
 * Four hours at six minutes each are forty: our judgement, and each member's to change.
 */
export const CAP_AT_FIRST = 40;

/** What a member may choose; null asks for no break and counts all the same. */
export const CAP_LIMITS = { least: 1, most: 500 } as const;

/** How many days, today among them, a member sees. */
const DAYS_SHOWN = 7;

const SAME_OPENING_MS = 60 * 60_000;

/** Where a member stands today. */
export interface Exposure {
  openedToday: number;
  /** Openings a day; null for none. */
  cap: number | null;
}

/** Something that was last opened after this instant and is opened `now` counts no second time (domain rule 9). */
export function sameOpeningSince(now: Date): Date {
  return new Date(now.getTime() - SAME_OPENING_MS);
}

/** Whether the next opening is one for which a member is asked to take a break first; it is never refused. */
export function isCapReached({ openedToday, cap }: Exposure): boolean {
  return cap !== null && openedToday >= cap;
}

/** The days a member sees, in their own zone, as `YYYY-MM-DD`, today first. */
export function exposureDays(now: Date, timeZone: string): string[] {
  const today = Temporal.PlainDate.from(dayOf(now, timeZone));
  return Array.from({ length: DAYS_SHOWN }, (_, days) => today.subtract({ days }).toString());
}
