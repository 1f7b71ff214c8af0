import type { Context } from '../context.ts';
import { assertMayStart } from '../domain/brief.ts';
import type { Campaign } from '../domain/campaign.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Starts a planned campaign. Throws RuleViolation while an essential part of its brief is missing. */
export async function startCampaign(
  context: Context,
  member: Actor,
  { campaign: id }: { campaign: string },
): Promise<Campaign> {
  allow(member, 'campaigns.edit');
  const campaign = await Campaigns.findById(id);
  if (!campaign) throw new NotFound('There is no such campaign.');
  assertMayStart(campaign);
  campaign.state = 'running';
  await campaign.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'campaign started',
    subject: 'campaign',
    subjectId: id,
    campaign: id,
  });
  return campaign.toObject();
}
