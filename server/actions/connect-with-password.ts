import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { Network } from '../domain/network.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Upstream } from '../errors.ts';
import { type Actor, allow } from './allow.ts';
import { assertInstanceAllowed } from './assert-instance-allowed.ts';
import { connectionRefused } from './begin-connection.ts';
import { connectAccount } from './connect-account.ts';
import { platformOf } from './platform-of.ts';

export interface ConnectWithPasswordInput {
  network: Network;
  /** Host name of the account's server. */
  instance: string;
  /** Handle or e-mail address, with or without the leading @. */
  identifier: string;
  /** Made by the network for this application alone. */
  password: string;
  timeZone: string;
}

/** Four times four letters or digits: how servers make them, and how nobody's own password looks. */
const APP_PASSWORD = /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/i;

/**
 * Opens a session with an app password and connects its account; the password itself is forgotten. Throws
 * RuleViolation for what is no app password and for a server that is not listed, Upstream when it cannot be asked.
 */
export async function connectWithPassword(
  context: Context,
  member: Actor,
  { network, timeZone, ...input }: ConnectWithPasswordInput,
): Promise<Account> {
  allow(member, 'accounts.connect');
  const flow = platformOf(context, network).passwordFlow;
  if (!flow) {
    throw new RuleViolation('network-has-no-password-flow', 'This network is not connected with a password.');
  }
  if (!APP_PASSWORD.test(input.password)) {
    throw new RuleViolation('app-password-needed', 'This is not an app password.', { field: 'password' });
  }
  const instance = await assertInstanceAllowed(context, input.instance);
  const identifier = input.identifier.replace(/^@/, '');
  const outcome = await flow.signIn({ instance, identifier, password: input.password });
  if (outcome.kind === 'failed') throw new Upstream(outcome.detail);
  if (outcome.kind === 'refused') throw connectionRefused(outcome.detail);
  return connectAccount(context, member, { network, timeZone, credential: outcome.credential });
}
