import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { AudienceRole } from '../domain/audience.ts';
import { assertMayStart } from '../domain/brief.ts';
import type { Campaign } from '../domain/campaign.ts';
import { NotFound } from '../errors.ts';
import { AudienceSegments } from '../models/audience.ts';
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
  assertMayStart({ ...campaign.toObject(), audience: await audienceOf(campaign) });
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

/** Roles of the segments that a campaign is for, the primary one first. */
async function audienceOf({ segment, brief }: Pick<Campaign, 'segment' | 'brief'>): Promise<AudienceRole[]> {
  const ids = [segment, ...brief.secondarySegments].filter((id) => id !== null);
  const found = await AudienceSegments.find({ _id: trusted({ $in: ids }) })
    .select('role')
    .lean();
  return ids.flatMap((id) => found.filter(({ _id }) => _id === id).map(({ role }) => role));
}
