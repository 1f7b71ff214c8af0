import type { Context } from '../context.ts';
import type { Campaign } from '../domain/campaign.ts';
import { Campaigns } from '../models/campaign.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export type CreateCampaignInput = Pick<Campaign, 'title' | 'startsOn' | 'endsOn'> &
  Partial<Pick<Campaign, 'isDemo'>>;

/** Opens a campaign with an empty brief; its parts may be written in any order. */
export async function createCampaign(
  context: Context,
  member: Actor,
  { title, startsOn, endsOn, isDemo = false }: CreateCampaignInput,
): Promise<Campaign> {
  allow(member, 'campaigns.edit');
  const campaign = await Campaigns.create({
    title,
    startsOn,
    endsOn,
    isDemo,
    createdBy: member._id,
    createdAt: context.clock.now(),
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'campaign created',
    subject: 'campaign',
    subjectId: campaign._id,
    campaign: campaign._id,
    details: { title },
  });
  return campaign.toObject();
}
