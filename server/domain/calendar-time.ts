import { Temporal } from 'temporal-polyfill';
import { RuleViolation } from './rule-violation.ts';

export const OCCURRENCES = ['earlier', 'later'] as const;
/** Which instant is meant when the clocks change: a wall time can name two instants, or none. */
export type Occurrence = (typeof OCCURRENCES)[number];

const WALL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/**
 * The instant that a wall time (`YYYY-MM-DDTHH:mm`) names in an IANA zone. Never guesses: throws RuleViolation
 * `time-invalid`, `time-zone-unknown`, or, when the clocks change and no occurrence was chosen,
 * `time-does-not-exist` or `time-happens-twice`.
 */
export function instantOf(wallTime: string, timeZone: string, occurrence?: Occurrence): Date {
  const plain = readWallTime(wallTime);
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    inZone(plain, timeZone, disambiguation),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
  if (earlier.epochMilliseconds === later.epochMilliseconds) return new Date(earlier.epochMilliseconds);
  if (occurrence) {
    return new Date((occurrence === 'earlier' ? earlier : later).epochMilliseconds);
  }
  const values = {
    earlier: wallTimeOf(dateOf(earlier), timeZone),
    later: wallTimeOf(dateOf(later), timeZone),
  };
  if (earlier.toPlainDateTime().equals(plain)) {
    throw new RuleViolation('time-happens-twice', 'The clocks go back: this time happens twice.', {
      field: 'occurrence',
      values: { ...values, wallTime, timeZone },
    });
  }
  throw new RuleViolation('time-does-not-exist', 'The clocks go forward: this time does not exist.', {
    field: 'occurrence',
    values: { ...values, wallTime, timeZone },
  });
}

/** What a clock on the wall shows at an instant, as `YYYY-MM-DDTHH:mm`. Throws RuleViolation `time-zone-unknown`. */
export function wallTimeOf(at: Date, timeZone: string): string {
  try {
    const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
    return zoned.toPlainDateTime().toString({ smallestUnit: 'minute' });
  } catch {
    throw unknownZone(timeZone);
  }
}

function readWallTime(wallTime: string): Temporal.PlainDateTime {
  try {
    if (!WALL_TIME.test(wallTime)) throw new RangeError('not a wall time');
    return Temporal.PlainDateTime.from(wallTime, { overflow: 'reject' });
  } catch {
    throw new RuleViolation('time-invalid', 'This is not a date and time that exists.', {
      field: 'wallTime',
      values: { wallTime },
    });
  }
}

function inZone(plain: Temporal.PlainDateTime, timeZone: string, disambiguation: Occurrence) {
  try {
    return plain.toZonedDateTime(timeZone, { disambiguation });
  } catch {
    throw unknownZone(timeZone);
  }
}

function dateOf(zoned: Temporal.ZonedDateTime): Date {
  return new Date(zoned.epochMilliseconds);
}

function unknownZone(timeZone: string): RuleViolation {
  return new RuleViolation('time-zone-unknown', 'This time zone is not known.', {
    field: 'timeZone',
    values: { timeZone },
  });
}
