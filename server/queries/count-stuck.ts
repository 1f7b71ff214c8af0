import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { Accounts } from '../models/account.ts';
import { Deliveries } from '../models/delivery.ts';
import { activePause } from './active-pause.ts';

/** The sweep looks every half minute; what it could not bring forward in this time needs somebody. */
const STUCK_MS = 2 * 60_000;

/**
 * How many deliveries are past their time although nothing keeps them: neither a pause nor their account, nor
 * somebody who is at it. More than none means that publishing itself does not work.
 */
export async function countStuck(now: Date): Promise<number> {
  const past = trusted({ $lt: new Date(now.getTime() - STUCK_MS) });
  const begun = await Deliveries.countDocuments({
    state: trusted({ $in: ['claimed', 'sending', 'unknown', 'reconciling'] }),
    nextAt: past,
  });
  if (await activePause()) return begun;
  const waiting = await Deliveries.find({
    state: trusted({ $in: ['scheduled', 'retry-wait'] }),
    nextAt: past,
  })
    .select({ account: 1 })
    .lean<Pick<Delivery, 'account'>[]>();
  if (waiting.length === 0) return begun;
  const able: string[] = await Accounts.distinct('_id', {
    _id: trusted({ $in: [...new Set(waiting.map(({ account }) => account))] }),
    state: 'enabled',
    $or: [{ limitedUntil: null }, { limitedUntil: trusted({ $lte: now }) }],
  });
  const isAble = new Set(able);
  return begun + waiting.filter(({ account }) => isAble.has(account)).length;
}
