import type { CampaignState } from '../domain/campaign.ts';
import { type Summary, summarise } from '../domain/figures.ts';
import type { Network } from '../domain/network.ts';
import type { Ratio } from '../domain/ratio.ts';
import { summariseReplies } from '../domain/reply-summary.ts';
import { Campaigns } from '../models/campaign.ts';
import { Replies } from '../models/reply.ts';
import { measuredDeliveries } from './measured-deliveries.ts';

/** One campaign with its three key figures. */
export interface ReportLine {
  readonly campaign: string;
  readonly title: string;
  readonly state: CampaignState;
  readonly posts: number;
  /** Networks on which it published. */
  readonly networks: readonly Network[];
  readonly summary: Summary;
  readonly sustained: Ratio;
  readonly isSustainedSuppressed: boolean;
}

/** All campaigns, the newest first. */
export async function reportList(): Promise<ReportLine[]> {
  const campaigns = await Campaigns.find().sort({ startsOn: -1, _id: -1 }).select('title state').lean();
  return Promise.all(campaigns.map((campaign) => lineOf(campaign)));
}

async function lineOf(campaign: { _id: string; title: string; state: CampaignState }): Promise<ReportLine> {
  const [deliveries, replies] = await Promise.all([
    measuredDeliveries(campaign._id),
    Replies.find({ campaign: campaign._id }).select('code threadKey').lean(),
  ]);
  const { sustained, isSustainedSuppressed } = summariseReplies(replies);
  return {
    campaign: campaign._id,
    title: campaign.title,
    state: campaign.state,
    posts: new Set(deliveries.map(({ delivery }) => delivery.post)).size,
    networks: [...new Set(deliveries.map(({ delivery }) => delivery.network))],
    summary: summarise(deliveries.map(({ figures }) => figures)),
    sustained,
    isSustainedSuppressed,
  };
}
