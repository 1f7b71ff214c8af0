import type { Campaign } from '../domain/campaign.ts';
import { Campaigns } from '../models/campaign.ts';

/** Every campaign by name, for lists to choose from; those under way come before those that are over. */
export async function campaignTitles(): Promise<Pick<Campaign, '_id' | 'title' | 'state'>[]> {
  const campaigns = await Campaigns.find().select('title state').sort({ title: 1 }).limit(500).lean();
  const isOver = ({ state }: Pick<Campaign, 'state'>) => Number(state === 'closed');
  return campaigns.sort((a, b) => isOver(a) - isOver(b));
}
