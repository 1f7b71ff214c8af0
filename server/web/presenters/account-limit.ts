import type { Account } from '../../domain/account.ts';
import type { Speak } from '../speak.ts';

/** Until when the network takes nothing from the account, and which limit it is; null when none holds at `now`. */
export function limitInWords(
  { limitedUntil, limitedBy, timeZone }: Pick<Account, 'limitedUntil' | 'limitedBy' | 'timeZone'>,
  now: Date,
  speak: Speak,
): string | null {
  if (!limitedUntil || limitedUntil <= now) return null;
  const until = speak.dateTime(limitedUntil, timeZone);
  return speak.t(`accounts.limited-${limitedBy ?? 'short'}`, { until });
}
