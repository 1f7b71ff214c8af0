import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { RegisteredApplication } from '../domain/credential.ts';
import type { Network } from '../domain/network.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Upstream } from '../errors.ts';
import { Connections } from '../models/connection.ts';
import { newId } from '../models/document.ts';
import { type Actor, allow } from './allow.ts';
import { assertInstanceAllowed } from './assert-instance-allowed.ts';
import { platformOf } from './platform-of.ts';

export interface BeginConnectionInput extends RegisteredApplication {
  network: Network;
  timeZone: string;
  /** Where the network sends the person back to; must be registered with the network. */
  returnTo: string;
}

const GOOD_FOR_MS = 15 * 60_000;

/**
 * Prepares a connect flow and returns the address of the network's own page, where the owner agrees. Throws
 * RuleViolation when the network or its server is not to be connected to, Upstream when it cannot be asked.
 */
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
  const instance = input.instance ? await assertInstanceAllowed(context, input.instance) : '';
  const begun = await flow.begin({ clientId, clientSecret, ...(instance && { instance }) }, returnTo);
  if (begun.kind === 'failed') throw new Upstream(begun.detail);
  if (begun.kind === 'refused') throw connectionRefused(begun.detail);
  const { address, state, verifier, application } = begun;
  const _id = newId();
  await Connections.create({
    _id,
    stateHash: hashState(state),
    network,
    member: member._id,
    timeZone,
    returnTo,
    sealed: context.vault.seal(_id, { ...application, verifier }),
    expiresAt: new Date(context.clock.now().getTime() + GOOD_FOR_MS),
  });
  return address;
}

export function connectionRefused(detail: string): RuleViolation {
  return new RuleViolation('connection-refused', 'The network did not agree to the connection.', {
    values: { detail },
  });
}

export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}
