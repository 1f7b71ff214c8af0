import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { assessedSince } from '../models/after-crisis.ts';
import { Campaigns } from '../models/campaign.ts';
import { Deliveries } from '../models/delivery.ts';

/** What of one campaign is still to come after a crisis pause and was not assessed since it began. */
export interface UpcomingCampaign {
  campaign: string;
  title: string;
  /** Deliveries. */
  count: number;
  nextAt: Date;
}

type Waiting = Pick<Delivery, 'campaign' | 'message' | 'contentHash'> & { count: number; nextAt: Date };

/** Campaigns with posts that would be held when publishing is resumed; the one that is due first comes first. */
export async function upcomingByCampaign(since: Date, now: Date): Promise<UpcomingCampaign[]> {
  const waiting = await Deliveries.aggregate<Waiting>([
    { $match: { state: { $in: ['scheduled', 'retry-wait'] }, dueAt: { $gt: now } } },
    {
      $group: {
        _id: { campaign: '$campaign', message: '$message', contentHash: '$contentHash' },
        count: { $sum: 1 },
        nextAt: { $min: '$dueAt' },
      },
    },
    {
      $project: {
        _id: 0,
        campaign: '$_id.campaign',
        message: '$_id.message',
        contentHash: '$_id.contentHash',
        count: 1,
        nextAt: 1,
      },
    },
    { $sort: { nextAt: 1 } },
  ]);
  const isAssessed = await assessedSince(since, waiting);
  const byCampaign = new Map<string, UpcomingCampaign>();
  for (const { campaign, count, nextAt } of waiting.filter((one) => !isAssessed(one))) {
    const known = byCampaign.get(campaign);
    if (known) known.count += count;
    else byCampaign.set(campaign, { campaign, title: '', count, nextAt });
  }
  const named = await Campaigns.find({ _id: trusted({ $in: [...byCampaign.keys()] }) })
    .select('title')
    .lean();
  for (const { _id, title } of named) {
    const found = byCampaign.get(_id);
    if (found) found.title = title;
  }
  return [...byCampaign.values()];
}
