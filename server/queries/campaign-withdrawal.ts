import type { Campaign } from '../domain/campaign.ts';
import type { WithdrawalCounts } from '../domain/campaign-withdrawal.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { withdrawalCounts } from '../models/withdrawal-counts.ts';

/** A campaign with what of it is outside. Throws NotFound. */
export async function readWithdrawal(id: string): Promise<{ campaign: Campaign; counts: WithdrawalCounts }> {
  const campaign = await Campaigns.findById(id).lean<Campaign>();
  if (!campaign) throw new NotFound('There is no such campaign.');
  return { campaign, counts: await withdrawalCounts(id) };
}
