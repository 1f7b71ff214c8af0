import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Upstream } from '../errors.ts';
import { Connections } from '../models/connection.ts';
import { type Actor, allow } from './allow.ts';
import { connectionRefused, hashState } from './begin-connection.ts';
import { connectAccount } from './connect-account.ts';
import { platformOf } from './platform-of.ts';

/**
 * Ends a connect flow with what the network handed back, and connects the account. The same return twice, another
 * member's or a late one throws RuleViolation `connection-over`; so does a refusal, as `connection-refused`.
 */
export async function finishConnection(
  context: Context,
  member: Actor,
  { state, code }: { state: string; code: string },
): Promise<Account> {
  allow(member, 'accounts.connect');
  const connection = await Connections.findOneAndDelete({
    stateHash: hashState(state),
    member: member._id,
  }).lean();
  if (!connection || connection.expiresAt < context.clock.now()) {
    throw new RuleViolation(
      'connection-over',
      'This connection was used already or took too long. Begin again.',
    );
  }
  const { network, timeZone, returnTo } = connection;
  const {
    clientId = '',
    clientSecret = '',
    instance = '',
    verifier = '',
  } = context.vault.open(connection._id, connection.sealed);
  const flow = platformOf(context, network).connectFlow;
  if (!flow) throw new Upstream('The network has no connect flow any more.');
  const application = { clientId, clientSecret, ...(instance && { instance }) };
  const outcome = await flow.finish(application, { code, verifier, returnTo });
  if (outcome.kind === 'failed') throw new Upstream(outcome.detail);
  if (outcome.kind === 'refused') throw connectionRefused(outcome.detail);
  return connectAccount(context, member, { network, timeZone, credential: outcome.credential });
}
