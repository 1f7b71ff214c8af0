import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { Credential } from '../domain/credential.ts';
import type { Network } from '../domain/network.ts';
import type { IdentityOutcome } from '../domain/outcome.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Upstream } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { type Actor, allow } from './allow.ts';
import { assertInstanceAllowed } from './assert-instance-allowed.ts';
import { keepCredential } from './keep-credential.ts';
import { platformOf } from './platform-of.ts';
import { homeOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';
import { resumeAccount } from './resume-account.ts';

export interface ConnectAccountInput {
  network: Network;
  credential: Credential;
  /** IANA name; kept as it is when the account is known already. */
  timeZone: string;
  isDemo?: boolean;
}

type Identity = Extract<IdentityOutcome, { kind: 'known' }>;

/**
 * Asks the network whose credential this is, then stores the credential sealed. A new account begins paused, with
 * its disclosure to be checked; a known one is connected again and its held deliveries go on.
 * Throws RuleViolation when the network refuses the credential, Upstream when it cannot be asked.
 */
export async function connectAccount(
  context: Context,
  member: Actor,
  input: ConnectAccountInput,
): Promise<Account> {
  allow(member, 'accounts.connect');
  const credential = await onAllowedInstance(context, input.credential);
  const identity = await identify(context, { ...input, credential });
  const { remoteId, handle, displayName, limits = null } = identity;
  const { network, timeZone, isDemo = false } = input;
  const known = await Accounts.findOne({ network, home: homeOf(context), remoteId });
  const account = known ?? new Accounts({ network, home: homeOf(context), remoteId, timeZone, isDemo });
  account.set({ handle, displayName, limits, testedAt: context.clock.now(), testProblem: '' });
  if (known) account.set(stateAfterReconnecting(known));
  await account.save();
  await keepCredential(context, account._id, { ...credential, remoteId });
  await recordEvent(context, {
    actor: member._id,
    verb: known ? 'account reconnected' : 'account connected',
    subject: 'account',
    subjectId: account._id,
    details: { network, handle },
  });
  if (account.state === 'enabled') await resumeAccount(context, { account: account._id });
  return account.toObject();
}

/** A server that a person named is asked nothing before it is known to be one that may be asked. */
async function onAllowedInstance(context: Context, credential: Credential): Promise<Credential> {
  if (credential.instance === undefined) return credential;
  return { ...credential, instance: await assertInstanceAllowed(context, credential.instance) };
}

async function identify(context: Context, { network, credential }: ConnectAccountInput): Promise<Identity> {
  const identity = await platformOf(context, network).whoAmI(credential);
  if (identity.kind === 'known') return identity;
  if (identity.kind === 'failed') throw new Upstream(identity.detail);
  throw new RuleViolation('credential-refused', 'The network does not accept these keys.', {
    values: { detail: identity.detail },
  });
}

/** Whoever had publishing allowed keeps it when only the access had run out. */
function stateAfterReconnecting({ state, stateReason }: Account): Pick<Account, 'state' | 'stateReason'> {
  if (state === 'auth-needed') return { state: 'enabled', stateReason: '' };
  return state === 'disconnected' ? { state: 'paused', stateReason: '' } : { state, stateReason };
}
