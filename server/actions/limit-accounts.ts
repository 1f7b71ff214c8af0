import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { LANES } from '../domain/lane.ts';
import type { Outcome } from '../domain/outcome.ts';
import { Accounts } from '../models/account.ts';
import { homeOf, wakeAt } from './publishing.ts';

/**
 * Keeps an account from being sent for until its network allows it again; a limit on the whole application keeps
 * every account of that network. A limit that is on record and lasts longer stays.
 */
export async function limitAccounts(
  context: Context,
  { account, network, nextAt }: Pick<Delivery, 'account' | 'network' | 'nextAt'>,
  { allowance = 'short', scope = 'account' }: Extract<Outcome, { kind: 'limited' }>,
): Promise<void> {
  if (!nextAt) return;
  const who = scope === 'app' ? { network, home: homeOf(context) } : { _id: account };
  await Accounts.updateMany(
    { ...who, $or: [{ limitedUntil: null }, { limitedUntil: trusted({ $lt: nextAt }) }] },
    { $set: { limitedUntil: nextAt, limitedBy: allowance } },
  );
  if (scope === 'account') return;
  for (let lane = 0; lane < LANES; lane += 1) await wakeAt(context, lane, nextAt);
}
