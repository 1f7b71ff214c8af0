import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Credentials } from '../models/credential.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Destroys an account's credential. The account and what it published stay, so that reports stay whole. */
export async function disconnectAccount(
  context: Context,
  member: Actor,
  { account: id }: { account: string },
): Promise<Account> {
  allow(member, 'accounts.connect');
  const account = await Accounts.findById(id);
  if (!account) throw new NotFound('There is no such account.');
  account.set({ state: 'disconnected', stateReason: '' });
  await account.save();
  await Credentials.deleteOne({ account: id });
  await recordEvent(context, {
    actor: member._id,
    verb: 'account disconnected',
    subject: 'account',
    subjectId: id,
    details: { handle: account.handle },
  });
  return account.toObject();
}
