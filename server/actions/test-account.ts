import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { IdentityOutcome } from '../domain/outcome.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { type Actor, allow } from './allow.ts';
import { openCredential } from './open-credential.ts';
import { platformOf } from './platform-of.ts';
import { recordEvent } from './record-event.ts';
import { resumeAccount } from './resume-account.ts';

/**
 * Asks the network whose credential this is, and writes down what it said. An account that was waiting for its
 * access and has it goes on; one whose access is gone waits for somebody to connect it again.
 */
export async function testAccount(
  context: Context,
  member: Actor,
  { account: id }: { account: string },
): Promise<Account> {
  allow(member, 'accounts.pace');
  const account = await Accounts.findById(id);
  if (!account) throw new NotFound('There is no such account.');
  const outcome = await ask(context, account);
  // Opening the credential may have written to the account: continue with what is there now.
  const current = await Accounts.findById(id).orFail();
  current.set({ testedAt: context.clock.now(), ...changesAfter(outcome, current) });
  await current.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'account tested',
    subject: 'account',
    subjectId: id,
    details: { handle: current.handle, result: outcome.kind },
  });
  if (account.state === 'auth-needed' && current.state === 'enabled')
    await resumeAccount(context, { account: id });
  return current.toObject();
}

async function ask(context: Context, account: Pick<Account, '_id' | 'network'>): Promise<IdentityOutcome> {
  const credential = await openCredential(context, account._id);
  if (!credential) return { kind: 'unauthorised', detail: 'There is no credential that works any more.' };
  return platformOf(context, account.network).whoAmI(credential);
}

function changesAfter(outcome: IdentityOutcome, account: Account): Partial<Account> {
  if (outcome.kind === 'failed') return { testProblem: outcome.detail };
  if (outcome.kind === 'unauthorised') {
    const isConnected = account.state !== 'disconnected';
    return {
      testProblem: outcome.detail,
      ...(isConnected && { state: 'auth-needed', stateReason: outcome.detail }),
    };
  }
  if (outcome.remoteId !== account.remoteId) {
    return { testProblem: `These keys belong to @${outcome.handle}, another account.`, state: 'paused' };
  }
  const { handle, displayName, limits = null } = outcome;
  const goesOn = account.state === 'auth-needed';
  return {
    handle,
    displayName,
    limits,
    testProblem: '',
    ...(goesOn && { state: 'enabled', stateReason: '' }),
  };
}
