import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { RegisteredApplication } from '../domain/credential.ts';
import type { Network } from '../domain/network.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Connections } from '../models/connection.ts';
import { newId } from '../models/document.ts';
import { type Actor, allow } from './allow.ts';
import { platformOf } from './platform-of.ts';

export interface BeginConnectionInput extends RegisteredApplication {
  network: Network;
  timeZone: string;
  /** Where the network sends the person back to; must be registered with the network. */
  returnTo: string;
}

const GOOD_FOR_MS = 15 * 60_000;

/** Prepares a connect flow and returns the address of the network's own page, where the owner agrees. */
export async function beginConnection(
  context: Context,
  member: Actor,
  input: BeginConnectionInput,
): Promise<string> {
  allow(member, 'accounts.connect');
  const { network, timeZone, returnTo, clientId, clientSecret } = input;
  const flow = platformOf(context, network).connectFlow;
  if (!flow) {
    throw new RuleViolation('network-has-no-connect-flow', 'This network is connected with typed-in keys.');
  }
  const { address, state, verifier } = flow.begin({ clientId, clientSecret }, returnTo);
  const _id = newId();
  await Connections.create({
    _id,
    stateHash: hashState(state),
    network,
    member: member._id,
    timeZone,
    returnTo,
    sealed: context.vault.seal(_id, { clientId, clientSecret, verifier }),
    expiresAt: new Date(context.clock.now().getTime() + GOOD_FOR_MS),
  });
  return address;
}

export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}
