import type { Account } from './account.ts';
import { instantOf, type Occurrence, wallTimeOf } from './calendar-time.ts';
import { RuleViolation } from './rule-violation.ts';

/** A due time as a person enters it. */
export interface DueTimeInput {
  /** `YYYY-MM-DDTHH:mm`; not looked at when it is to be published now. */
  wallTime?: string;
  /** IANA name; the accounts' own zone when not given. */
  timeZone?: string;
  /** Chosen by the person when the clocks change at that time. */
  occurrence?: Occurrence;
  publishNow?: boolean;
}

export interface DueTime {
  wallTime: string;
  timeZone: string;
  dueAt: Date;
}

/**
 * The instant that a person means, kept with the wall time it was entered as. Throws what `instantOf` throws,
 * and `time-zone-needed` when the accounts live in different zones and none was chosen.
 */
export function dueTimeOf(
  input: DueTimeInput,
  accounts: readonly Pick<Account, 'timeZone'>[],
  now: Date,
): DueTime {
  const zones = new Set(accounts.map(({ timeZone }) => timeZone));
  const [onlyZone] = zones;
  const timeZone = input.timeZone || (zones.size === 1 ? onlyZone : undefined);
  if (!timeZone) {
    throw new RuleViolation('time-zone-needed', 'The accounts live in different time zones: choose one.', {
      field: 'timeZone',
    });
  }
  if (input.publishNow) return { wallTime: wallTimeOf(now, timeZone), timeZone, dueAt: now };
  const wallTime = input.wallTime ?? '';
  return { wallTime, timeZone, dueAt: instantOf(wallTime, timeZone, input.occurrence) };
}
