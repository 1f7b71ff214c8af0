import type { Context } from '../context.ts';
import { type Account, type Disclosure, isDisclosed } from '../domain/account.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export type CheckDisclosureInput = { account: string } & Pick<
  Disclosure,
  'operatorInProfile' | 'automatedLabel' | 'ownerNamed'
>;

/**
 * Writes down what a person saw on the account's public profile, when and by whom (domain rule 3). An account
 * whose disclosure is found incomplete stops publishing at once.
 */
export async function checkDisclosure(
  context: Context,
  member: Actor,
  { account: id, operatorInProfile, automatedLabel, ownerNamed }: CheckDisclosureInput,
): Promise<Account> {
  allow(member, 'accounts.connect');
  const account = await Accounts.findById(id);
  if (!account) throw new NotFound('There is no such account.');
  const seen = { operatorInProfile, automatedLabel, ownerNamed };
  account.set({ disclosure: { ...seen, checkedBy: member._id, checkedAt: context.clock.now() } });
  if (account.state === 'enabled' && !isDisclosed(account)) account.set({ state: 'paused', stateReason: '' });
  await account.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'disclosure checked',
    subject: 'account',
    subjectId: id,
    details: { handle: account.handle, ...seen },
  });
  return account.toObject();
}
