import { trusted } from 'mongoose';
import type { Account } from '../domain/account.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type PlacementWarning, periodWarnings, placementWarnings } from '../domain/rhythm.ts';
import { Accounts } from '../models/account.ts';
import { Campaigns } from '../models/campaign.ts';
import { Deliveries } from '../models/delivery.ts';

export interface WarningsInput {
  campaign: string;
  accounts: readonly string[];
  dueAt: Date;
  /** A post that is moved does not stand in its own way. */
  exceptPost?: string;
}

/** What speaks against this time on these accounts without forbidding it. */
export async function warningsFor(input: WarningsInput): Promise<PlacementWarning[]> {
  const { dueAt } = input;
  const accounts = await Accounts.find({ _id: trusted({ $in: [...input.accounts] }) }).lean<Account[]>();
  const campaign = await Campaigns.findById(input.campaign).lean();
  const perAccount = await Promise.all(
    accounts.map(async (account) =>
      placementWarnings(dueAt, account, await dueTimesNear(account, dueAt, input.exceptPost)),
    ),
  );
  return [...(campaign ? periodWarnings(dueAt, campaign) : []), ...perAccount.flat()];
}

async function dueTimesNear(account: Account, dueAt: Date, exceptPost?: string): Promise<Date[]> {
  const gapMs = account.gapMinutes * 60_000;
  const near = await Deliveries.find({
    account: account._id,
    dueAt: trusted({ $gt: new Date(dueAt.getTime() - gapMs), $lt: new Date(dueAt.getTime() + gapMs) }),
    state: trusted({ $nin: ['cancelled', 'failed', 'withdrawn'] }),
    ...(exceptPost ? { post: trusted({ $ne: exceptPost }) } : {}),
  })
    .select({ dueAt: 1 })
    .lean<Delivery[]>();
  return near.map((delivery) => delivery.dueAt);
}
