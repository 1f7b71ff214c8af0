import type { Context } from '../context.ts';
import { type Account, assertMayEnable } from '../domain/account.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { type Actor, allow } from './allow.ts';
import { homeOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

/** Lets an account publish. Throws RuleViolation while it is not disclosed or not connected. */
export async function enableAccount(
  context: Context,
  member: Actor,
  { account: id }: { account: string },
): Promise<Account> {
  allow(member, 'accounts.connect');
  const account = await Accounts.findById(id);
  if (!account) throw new NotFound('There is no such account.');
  assertMayEnable(account, homeOf(context));
  account.set({ state: 'enabled', stateReason: '' });
  await account.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'account enabled',
    subject: 'account',
    subjectId: id,
    details: { handle: account.handle },
  });
  return account.toObject();
}
