import type { Campaign } from '../domain/campaign.ts';
import { type Comparison, compareVariants } from '../domain/comparison.ts';
import { type Summary, summarise } from '../domain/figures.ts';
import type { Network } from '../domain/network.ts';
import { type ObjectiveProgress, objectiveProgress } from '../domain/objective-progress.ts';
import { dayOf, type Period, periodOf, type Step } from '../domain/period.ts';
import { type ReplySummary, summariseReplies } from '../domain/reply-summary.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messages } from '../models/message.ts';
import { Replies } from '../models/reply.ts';
import { lastMeasuredAt, type MeasuredDelivery, measuredDeliveries, within } from './measured-deliveries.ts';
import { type NetworkReport, reportNetworks } from './report-networks.ts';
import { type PostRow, reportPosts, reportVariants, type VariantRow } from './report-rows.ts';

/** What may be asked of a report; what is left out is chosen so that all that was measured is inside. */
export interface ReportQuestion {
  readonly now: Date;
  readonly timeZone: string;
  readonly firstDay?: string | undefined;
  readonly lastDay?: string | undefined;
  readonly step?: Step | undefined;
}

/** Everything that is known about the effect of one campaign within a period. */
export interface CampaignReport {
  readonly campaign: Pick<Campaign, '_id' | 'title' | 'state' | 'startsOn' | 'endsOn' | 'lessons'>;
  readonly period: Period;
  readonly hasPublished: boolean;
  readonly measuredAt: Date | null;
  /** Over all networks; impressions of several networks are added, which whoever shows them has to say. */
  readonly overall: Summary;
  readonly networks: readonly NetworkReport[];
  readonly posts: readonly PostRow[];
  readonly unmeasuredPosts: number;
  readonly variants: readonly VariantRow[];
  readonly comparisons: readonly Comparison[];
  /** Of the whole campaign up to the end of the period. */
  readonly objectives: readonly ObjectiveProgress[];
  /** Of the whole campaign: narrowing a period must not single anybody out. */
  readonly replies: ReplySummary;
}

/** Reads a campaign's report. Throws NotFound; RuleViolation when the period makes no sense. */
export async function campaignReport(id: string, question: ReportQuestion): Promise<CampaignReport> {
  const campaign = await Campaigns.findById(id).lean();
  if (!campaign) throw new NotFound('There is no such campaign.');
  const [all, messages, storedReplies] = await Promise.all([
    measuredDeliveries(id),
    Messages.find({ campaign: id }).select('title').lean(),
    Replies.find({ campaign: id }).select('code threadKey').lean(),
  ]);
  const period = choosePeriod(campaign, all, question);
  const titles = new Map(messages.map((message) => [message._id, message.title]));
  const deliveries = within(all, period);
  const untilEnd = within(all, { from: new Date(0), to: period.to });
  const replies = summariseReplies(storedReplies);
  const posts = reportPosts(deliveries, titles);
  const variants = reportVariants(deliveries, titles);
  const { title, state, startsOn, endsOn, lessons, brief } = campaign;
  return {
    campaign: { _id: id, title, state, startsOn, endsOn, lessons },
    period,
    hasPublished: all.length > 0,
    measuredAt: lastMeasuredAt(deliveries),
    overall: summarise(deliveries.map(({ figures }) => figures)),
    networks: reportNetworks(deliveries, period),
    posts,
    unmeasuredPosts: posts.filter(({ measuredAt }) => measuredAt === null).length,
    variants,
    comparisons: compareVariants(variants.map(contender)),
    objectives: objectiveProgress(
      brief.objectives,
      summarise(untilEnd.map(({ figures }) => figures)),
      replies,
    ),
    replies,
  };
}

function choosePeriod(
  campaign: Campaign,
  all: readonly MeasuredDelivery[],
  { now, timeZone, firstDay, lastDay, step }: ReportQuestion,
): Period {
  const first = all[0]?.delivery.publishedAt ?? campaign.startsOn ?? campaign.createdAt;
  const last = lastMeasuredAt(all) ?? (now > first ? now : first);
  return periodOf({
    firstDay: firstDay ?? dayOf(first, timeZone),
    lastDay: lastDay ?? dayOf(last, timeZone),
    timeZone,
    step: step ?? null,
  });
}

function contender({ key, network, summary }: VariantRow): {
  variant: string;
  network: Network;
  rate: Summary['engagementRate'];
} {
  return { variant: key, network, rate: summary.engagementRate };
}
