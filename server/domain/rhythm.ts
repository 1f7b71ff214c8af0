import type { Account } from './account.ts';
import { wallTimeOf } from './calendar-time.ts';
import type { Campaign } from './campaign.ts';

export type PlacementWarning =
  | { kind: 'quiet-hours'; account: string; fromHour: number; toHour: number; wallTime: string }
  | { kind: 'too-close'; account: string; gapMinutes: number; otherDueAt: Date }
  | { kind: 'outside-campaign'; startsOn: Date | null; endsOn: Date | null };

/** What speaks against a time without forbidding it; the scheduler decides. */
export function placementWarnings(
  dueAt: Date,
  account: Pick<Account, 'handle' | 'timeZone' | 'quietFromHour' | 'quietToHour' | 'gapMinutes'>,
  others: readonly Date[],
): PlacementWarning[] {
  const warnings: PlacementWarning[] = [];
  if (isQuiet(dueAt, account)) {
    const { handle, quietFromHour: fromHour, quietToHour: toHour, timeZone } = account;
    const wallTime = wallTimeOf(dueAt, timeZone);
    warnings.push({ kind: 'quiet-hours', account: handle, fromHour, toHour, wallTime });
  }
  const otherDueAt = nearestWithin(dueAt, others, account.gapMinutes);
  if (otherDueAt) {
    warnings.push({
      kind: 'too-close',
      account: account.handle,
      gapMinutes: account.gapMinutes,
      otherDueAt,
    });
  }
  return warnings;
}

/** Whether the campaign's period leaves this time out; both ends count as within, whole days in UTC. */
export function periodWarnings(
  dueAt: Date,
  { startsOn, endsOn }: Pick<Campaign, 'startsOn' | 'endsOn'>,
): PlacementWarning[] {
  const isBefore = startsOn !== null && dueAt < startsOn;
  const isAfter = endsOn !== null && dueAt.getTime() >= endsOn.getTime() + 24 * 60 * 60_000;
  return isBefore || isAfter ? [{ kind: 'outside-campaign', startsOn, endsOn }] : [];
}

/** Whether it is a quiet hour where the account lives. The hours may run over midnight. */
export function isQuiet(
  dueAt: Date,
  { timeZone, quietFromHour, quietToHour }: Pick<Account, 'timeZone' | 'quietFromHour' | 'quietToHour'>,
): boolean {
  const hour = Number(wallTimeOf(dueAt, timeZone).slice(11, 13));
  if (quietFromHour <= quietToHour) return hour >= quietFromHour && hour < quietToHour;
  return hour >= quietFromHour || hour < quietToHour;
}

/** The nearest other due time that is closer than the gap; null when there is none. */
function nearestWithin(dueAt: Date, others: readonly Date[], gapMinutes: number): Date | null {
  const distance = (other: Date) => Math.abs(other.getTime() - dueAt.getTime());
  const close = others.filter((other) => distance(other) < gapMinutes * 60_000);
  return close.reduce<Date | null>((a, b) => (a === null || distance(b) < distance(a) ? b : a), null);
}
