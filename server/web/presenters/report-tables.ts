import type { Comparison } from '../../domain/comparison.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import type { CampaignReport } from '../../queries/campaign-report.ts';
import type { PostRow, VariantRow } from '../../queries/report-rows.ts';
import type { Speak } from '../speak.ts';
import { countText, type FigureView, fractionText, shareText } from './figure.ts';
import { armWords } from './post-card.ts';
import { engagementRateFigure, type ReportGrounds } from './report-figures.ts';

/** One row of the tables of posts and of variants. */
function rowView(row: PostRow | VariantRow, grounds: ReportGrounds, speak: Speak) {
  const { summary, interval } = row;
  const rate: FigureView = engagementRateFigure(summary, [row.network], grounds, speak);
  return {
    title: row.title,
    text: row.text,
    textLanguage: row.language,
    network: NETWORK_NAMES[row.network],
    arm: armWords(row, speak),
    impressions: countText(summary.impressions, speak),
    engagements: countText(summary.engagements, speak),
    rate,
    fraction: summary.engagementRate.value === null ? '' : fractionText(summary.engagementRate, speak),
    interval: interval
      ? speak.t('reports.interval', {
          low: shareText(interval.low, speak),
          high: shareText(interval.high, speak),
        })
      : '',
  };
}

/** The table of posts. */
export function postRows(report: CampaignReport, grounds: ReportGrounds, speak: Speak) {
  return report.posts.map((post) => ({
    ...rowView(post, grounds, speak),
    published: speak.dateTime(post.publishedAt),
    machineTime: post.publishedAt.toISOString(),
    accounts: post.accounts > 1 ? speak.t('reports.on-accounts', { count: post.accounts }) : '',
    isWithdrawn: post.isWithdrawn,
    isUnmeasured: post.measuredAt === null,
  }));
}

/** The table of variants. */
export function variantRows(report: CampaignReport, grounds: ReportGrounds, speak: Speak) {
  return report.variants.map((variant) => ({
    ...rowView(variant, grounds, speak),
    number: speak.number(variant.number),
    posts: speak.number(variant.posts),
  }));
}

/** What setting the variants side by side says, one pair each: in plain words, and with the figures behind them. */
export function comparisonSentences(report: CampaignReport, speak: Speak) {
  const numbers = new Map(report.variants.map(({ key, number }) => [key, speak.number(number)]));
  return report.comparisons.map((comparison) => ({
    plain: plainSentence(comparison, numbers, speak),
    exact: sentence(comparison, numbers, speak),
  }));
}

/** From this p value on, chance alone explains a difference well enough (two-sided, after adjusting). */
const CHANCE = 0.05;

function plainSentence(comparison: Comparison, numbers: ReadonlyMap<string, string>, speak: Speak): string {
  const { p, difference } = comparison;
  const isClear = p !== null && p < CHANCE;
  const kind = !isClear ? 'unclear' : difference.difference > 0 ? 'more' : 'less';
  return speak.t(`reports.comparison-${kind}`, {
    variant: numbers.get(comparison.variant) ?? '',
    reference: numbers.get(comparison.reference) ?? '',
    network: NETWORK_NAMES[comparison.network],
  });
}

function sentence(comparison: Comparison, numbers: ReadonlyMap<string, string>, speak: Speak): string {
  const { difference, p } = comparison;
  const points = (share: number) => speak.number(share * 100, 2);
  return speak.t('reports.comparison', {
    variant: numbers.get(comparison.variant) ?? '',
    reference: numbers.get(comparison.reference) ?? '',
    network: NETWORK_NAMES[comparison.network],
    difference: points(difference.difference),
    low: points(difference.low),
    high: points(difference.high),
    p: p === null ? speak.t('reports.not-measurable') : p < 0.001 ? '< 0.001' : `= ${speak.number(p, 3)}`,
  });
}
