import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { DELIVERY_STATES, type Delivery, isFinal, textsOf } from '../domain/delivery.ts';
import { NETWORKS } from '../domain/network.ts';
import { costUsdOf } from '../domain/post-cost.ts';
import { Accounts } from '../models/account.ts';
import { Deliveries } from '../models/delivery.ts';

/** US dollars; a forecast by the price list, never the network's bill. */
export interface MonthCost {
  soFarUsd: number;
  /** What is published and what is still to go out this month, together. */
  forecastUsd: number;
}

const OPEN_STATES = DELIVERY_STATES.filter((state) => !isFinal(state));

/**
 * What posting costs in the calendar month (UTC) of `now`, on the networks that charge; null when none does. A post
 * that was withdrawn was charged all the same; of a begun thread, what is out counts as published.
 */
export async function monthCost(
  { platforms, config }: Pick<Context, 'platforms' | 'config'>,
  now: Date,
): Promise<MonthCost | null> {
  const charging = NETWORKS.filter((network) => platforms[network]?.capabilities.prices);
  if (charging.length === 0) return null;
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  const within = trusted({ $gte: from, $lt: to });
  const network = trusted({ $in: charging });
  const home = config.rehearsal ? 'rehearsal' : 'live';
  const accounts = await Accounts.find({ home, network }).select('_id').lean();
  const found = await Deliveries.find({
    account: trusted({ $in: accounts.map(({ _id }) => _id) }),
    $or: [{ publishedAt: within }, { state: trusted({ $in: OPEN_STATES }), dueAt: within }],
  })
    .select('network text parts sent state publishedAt')
    .lean<Delivery[]>();
  const cost = { soFarUsd: 0, forecastUsd: 0 };
  for (const delivery of found) {
    const prices = platforms[delivery.network]?.capabilities.prices;
    if (!prices) continue;
    const texts = textsOf(delivery);
    const out = delivery.publishedAt ? texts : texts.slice(0, delivery.sent?.length ?? 0);
    cost.soFarUsd += costUsdOf(prices, out);
    cost.forecastUsd += costUsdOf(prices, texts);
  }
  return cost;
}
