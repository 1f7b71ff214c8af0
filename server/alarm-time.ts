const LANES = 16;

/**
 * An alarm for a moment that has passed belongs to the second that is running, any other to the whole second
 * after its moment, so that everything due in it is due when it rings.
 */
export function alarmTime(at: Date): { dueSecond: number; runAt: Date } {
  checked(at);
  const now = Date.now();
  if (at.getTime() <= now) return { dueSecond: Math.floor(now / 1000), runAt: new Date(now) };
  const dueSecond = Math.ceil(at.getTime() / 1000);
  return { dueSecond, runAt: new Date(dueSecond * 1000) };
}

/** Throws RangeError for an invalid date, which Agenda would take for now. */
export function checked(at: Date): Date {
  if (!(at instanceof Date) || Number.isNaN(at.getTime()) || at.getTime() <= 0) {
    throw new RangeError('An alarm needs a valid date.');
  }
  return at;
}

/** Throws RangeError for a lane that is not there. */
export function laneName(lane: number): string {
  if (!Number.isInteger(lane) || lane < 0 || lane >= LANES) throw new RangeError(`There is no lane ${lane}.`);
  return `publish-${String(lane).padStart(2, '0')}`;
}

export function laneNames(): string[] {
  return Array.from({ length: LANES }, (_, lane) => laneName(lane));
}
