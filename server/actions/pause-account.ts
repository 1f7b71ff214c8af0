import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import { Conflict, NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Stops an account from publishing until somebody enables it again. Throws Conflict when it does not publish. */
export async function pauseAccount(
  context: Context,
  member: Actor,
  { account: id, reason }: { account: string; reason: string },
): Promise<Account> {
  allow(member, 'accounts.pace');
  const account = await Accounts.findById(id);
  if (!account) throw new NotFound('There is no such account.');
  if (account.state !== 'enabled') throw new Conflict('This account does not publish at the moment.');
  account.set({ state: 'paused', stateReason: reason.trim() });
  await account.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'account paused',
    subject: 'account',
    subjectId: id,
    details: { handle: account.handle, reason: account.stateReason },
  });
  return account.toObject();
}
