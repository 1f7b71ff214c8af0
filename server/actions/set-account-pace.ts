import type { Context } from '../context.ts';
import { type Account, type AccountPace, assertPace } from '../domain/account.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';

export type SetAccountPaceInput = AccountPace & { account: string; version: number };

/** Changes zone, gap and quiet hours; what is on the calendar already keeps its time. */
export async function setAccountPace(
  context: Context,
  member: Actor,
  { account: id, version, ...given }: SetAccountPaceInput,
): Promise<Account> {
  allow(member, 'accounts.pace');
  const { timeZone, gapMinutes, quietFromHour, quietToHour } = given;
  const pace = { timeZone, gapMinutes, quietFromHour, quietToHour };
  assertPace(pace);
  const account = await Accounts.findById(id);
  if (!account) throw new NotFound('There is no such account.');
  assertCurrent(account, version);
  account.set(pace);
  await account.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'account pace changed',
    subject: 'account',
    subjectId: id,
    details: { handle: account.handle, ...pace },
  });
  return account.toObject();
}
