import { MEASURES, type Summary } from '../../domain/figures.ts';
import { type Ratio, ratioOf, reasonWithoutValue } from '../../domain/ratio.ts';
import type { SeriesPoint } from '../../domain/series.ts';
import type { CampaignReport } from '../../queries/campaign-report.ts';
import type { CsvCell } from '../csv.ts';

/** Names of the columns and values of an export are never translated, so that files can be compared. */
const COLUMNS = [
  'section',
  'item',
  'network',
  'language',
  'arm',
  'indicator',
  'numerator',
  'denominator',
  'value',
  'low_95',
  'high_95',
  'status',
  'period_from',
  'period_to',
  'time_zone',
  'measured_at',
] as const;

type Column = (typeof COLUMNS)[number];
type Line = Partial<Record<Column, CsvCell>>;

/** Everything on the page of a report, one figure a row. */
export function reportCsvRows(report: CampaignReport): CsvCell[][] {
  const { firstDay, lastDay, timeZone } = report.period;
  const lines = [
    ...networkLines(report),
    ...seriesLines(report),
    ...postLines(report),
    ...variantLines(report),
    ...objectiveLines(report),
    ...replyLines(report),
  ];
  return [
    [...COLUMNS],
    ...lines.map((line) => {
      const whole: Line = {
        period_from: firstDay,
        period_to: lastDay,
        time_zone: timeZone,
        measured_at: report.measuredAt?.toISOString() ?? null,
        ...line,
      };
      return COLUMNS.map((column) => whole[column] ?? null);
    }),
  ];
}

/** The report as data: what is suppressed says so, everything else that is null was not measured. */
export function reportJson(report: CampaignReport, now: Date) {
  const { replies } = report;
  const codes = replies.codes.map((cell) => ({ ...cell, isSuppressed: cell.count === null }));
  return { writtenAt: now, ...report, replies: { ...replies, codes } };
}

function networkLines({ networks }: CampaignReport): Line[] {
  return networks.flatMap(({ network, summary, measuredAt }) =>
    summaryLines(summary).map((line) => ({
      section: 'network',
      network,
      measured_at: measuredAt?.toISOString() ?? null,
      ...line,
    })),
  );
}

function seriesLines({ networks }: CampaignReport): Line[] {
  const pointLines = (indicator: string, network: string, points: readonly SeriesPoint[]): Line[] =>
    points.flatMap(({ from, to, gained, total }) =>
      Object.entries({ gained, total }).map(([show, value]) => ({
        section: 'series',
        item: from.toISOString(),
        network,
        indicator: `${indicator}-${show}`,
        period_from: from.toISOString(),
        period_to: to.toISOString(),
        ...counted(value),
      })),
    );
  return networks.flatMap(({ network, awareness, engagement }) => [
    ...pointLines('impressions', network, awareness),
    ...pointLines('engagements', network, engagement),
  ]);
}

function postLines({ posts }: CampaignReport): Line[] {
  return posts.flatMap(({ post, network, language, arm, summary, interval, measuredAt }) =>
    summaryLines(summary, interval).map((line) => ({
      section: 'post',
      item: post,
      network,
      language,
      arm,
      measured_at: measuredAt?.toISOString() ?? null,
      ...line,
    })),
  );
}

function variantLines({ variants }: CampaignReport): Line[] {
  return variants.flatMap(({ number, title, network, language, arm, summary, interval }) =>
    summaryLines(summary, interval).map((line) => ({
      section: 'variant',
      item: `${number} ${title}`,
      network,
      language,
      arm,
      ...line,
    })),
  );
}

function objectiveLines({ objectives }: CampaignReport): Line[] {
  return objectives.map(({ statement, indicator, progress }) => ({
    section: 'objective',
    item: statement,
    indicator,
    ...ratioCells(progress),
  }));
}

function replyLines({ replies }: CampaignReport): Line[] {
  const whole = { section: 'replies', period_from: null, period_to: null };
  const part = (ratio: Ratio): Line => ({
    ...ratioCells(ratio),
    ...(ratio.numerator === null ? { status: replies.isEmpty ? 'not-measurable' : 'suppressed' } : {}),
  });
  return [
    ...replies.codes.map(({ name, count }) => ({
      ...whole,
      indicator: name,
      ...part(ratioOf(count, replies.coded)),
    })),
    { ...whole, indicator: 'constructive-ratio', ...part(replies.constructive) },
    { ...whole, indicator: 'sustained-rate', ...part(replies.sustained) },
  ];
}

function summaryLines(summary: Summary, interval: { low: number; high: number } | null = null): Line[] {
  const { engagements, engagementRate, clickThroughRate } = summary;
  return [
    ...MEASURES.map((indicator) => ({ indicator, ...counted(summary[indicator]) })),
    { indicator: 'engagements', ...counted(engagements) },
    {
      indicator: 'engagement-rate',
      ...ratioCells(engagementRate),
      low_95: interval?.low ?? null,
      high_95: interval?.high ?? null,
    },
    { indicator: 'click-through-rate', ...ratioCells(clickThroughRate) },
  ];
}

function counted(value: number | null): Line {
  return { value, status: value === null ? 'not-measured' : 'measured' };
}

function ratioCells(ratio: Ratio): Line {
  return { ...ratio, status: reasonWithoutValue(ratio) ?? 'measured' };
}
