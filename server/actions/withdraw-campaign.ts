import type { Context } from '../context.ts';
import {
  assertWithdrawable,
  type CampaignWithdrawal,
  type WithdrawalCounts,
} from '../domain/campaign-withdrawal.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { withdrawalCounts } from '../models/withdrawal-counts.ts';
import { type Actor, allow } from './allow.ts';
import { continueWithdrawal } from './continue-withdrawals.ts';
import { recordEvent } from './record-event.ts';

/** As long as the one who ordered it may be kept waiting; a job does the rest. */
const FIRST_PASS_MS = 5_000;

export interface WithdrawCampaignInput {
  campaign: string;
  /** In words; goes into the trail. */
  reason: string;
}

/**
 * Takes a whole campaign back: its approvals end, so that nothing of it leaves any more; what waits is cancelled,
 * and what is out is deleted on its networks, the newest first. What is on its way or unclear follows as soon as it
 * is known to be out. Ordered again, it also asks again for what a network refused to delete. Throws RuleViolation
 * when there is nothing to take back.
 */
export async function withdrawCampaign(
  context: Context,
  member: Actor,
  { campaign: id, reason }: WithdrawCampaignInput,
): Promise<void> {
  allow(member, 'campaigns.withdraw');
  if (!(await Campaigns.exists({ _id: id }))) throw new NotFound('There is no such campaign.');
  const { live, waiting, unclear } = await assertSomethingIsOut(id);
  const at = context.clock.now();
  const withdrawal: CampaignWithdrawal = { reason, member: member._id, at, endedAt: null };
  await Campaigns.updateOne({ _id: id }, { $set: { withdrawal } });
  await recordEvent(context, {
    actor: member._id,
    verb: 'campaign withdrawn',
    subject: 'campaign',
    subjectId: id,
    campaign: id,
    details: { reason, live, waiting, unclear },
  });
  await continueWithdrawal(context, id, AbortSignal.timeout(FIRST_PASS_MS));
}

async function assertSomethingIsOut(campaign: string): Promise<WithdrawalCounts> {
  const counts = await withdrawalCounts(campaign);
  assertWithdrawable(counts);
  return counts;
}
