import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { assertMayClose, type Campaign } from '../domain/campaign.ts';
import { FINAL_STATES } from '../domain/delivery.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { Deliveries } from '../models/delivery.ts';
import { ThreadKeys } from '../models/thread-key.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export interface CloseCampaignInput {
  campaign: string;
  /** What the team will do differently. */
  lessons: string;
}

/**
 * Closes a running campaign with its lessons and destroys the key of its threads, so that nobody who answered can
 * ever be recognised again (domain rule 6). Throws RuleViolation without lessons or while posts still wait.
 */
export async function closeCampaign(
  context: Context,
  member: Actor,
  { campaign: id, lessons }: CloseCampaignInput,
): Promise<Campaign> {
  allow(member, 'campaigns.edit');
  const campaign = await Campaigns.findById(id);
  if (!campaign) throw new NotFound('There is no such campaign.');
  const waiting = await Deliveries.countDocuments({
    campaign: id,
    state: trusted({ $nin: [...FINAL_STATES] }),
  });
  assertMayClose(campaign, { lessons, waiting });
  campaign.set({ state: 'closed', lessons: lessons.trim() });
  await campaign.save();
  await ThreadKeys.deleteOne({ campaign: id });
  await recordEvent(context, {
    actor: member._id,
    verb: 'campaign closed',
    subject: 'campaign',
    subjectId: id,
    campaign: id,
  });
  return campaign.toObject();
}
