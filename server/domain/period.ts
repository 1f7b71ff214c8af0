import { Temporal } from 'temporal-polyfill';
import { RuleViolation } from './rule-violation.ts';

export const STEPS = ['day', 'week'] as const;
/** How finely a report is drawn; weeks begin on Monday. */
export type Step = (typeof STEPS)[number];

/** Whole days of one time zone, cut into steps. */
export interface Period {
  /** `YYYY-MM-DD`, both inclusive. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly timeZone: string;
  readonly step: Step;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Start of the first step and end of every step, in order. */
  readonly boundaries: readonly Date[];
}

const LONGEST_DAYS = 1100;
const MOST_DAILY_STEPS = 45;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Cuts a period of whole days into steps; without a step, into days as long as they stay readable. Throws
 * RuleViolation `day-invalid`, `period-backwards` or `period-too-long`.
 */
export function periodOf(wanted: {
  firstDay: string;
  lastDay: string;
  timeZone: string;
  step: Step | null;
}): Period {
  const { firstDay, lastDay, timeZone } = wanted;
  const [first, last] = [readDay(firstDay, 'from'), readDay(lastDay, 'to')];
  const days = first.until(last).days + 1;
  if (days < 1) {
    throw new RuleViolation('period-backwards', 'The period ends before it begins.', { field: 'to' });
  }
  if (days > LONGEST_DAYS) {
    throw new RuleViolation('period-too-long', 'A report covers three years at most.', { field: 'to' });
  }
  const step = wanted.step ?? (days <= MOST_DAILY_STEPS ? 'day' : 'week');
  const boundaries = cut(first, last.add({ days: 1 }), step).map((day) => startOf(day, timeZone));
  const [from, to] = [startOf(first, timeZone), startOf(last.add({ days: 1 }), timeZone)];
  return { firstDay, lastDay, timeZone, step, from, to, boundaries };
}

/** The day that the calendar on the wall shows at an instant, as `YYYY-MM-DD`. */
export function dayOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

function cut(first: Temporal.PlainDate, end: Temporal.PlainDate, step: Step): Temporal.PlainDate[] {
  const boundaries = [first];
  let next = first.add({ days: step === 'day' ? 1 : 8 - first.dayOfWeek });
  while (Temporal.PlainDate.compare(next, end) < 0) {
    boundaries.push(next);
    next = next.add({ days: step === 'day' ? 1 : 7 });
  }
  return [...boundaries, end];
}

function startOf(day: Temporal.PlainDate, timeZone: string): Date {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}

function readDay(day: string, field: string): Temporal.PlainDate {
  try {
    if (!DAY.test(day)) throw new RangeError('not a day');
    return Temporal.PlainDate.from(day, { overflow: 'reject' });
  } catch {
    throw new RuleViolation('day-invalid', 'This is not a day that exists.', { field, values: { day } });
  }
}
