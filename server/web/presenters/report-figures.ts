import type { Summary } from '../../domain/figures.ts';
import { NETWORK_NAMES, type Network } from '../../domain/network.ts';
import type { Period } from '../../domain/period.ts';
import { SMALLEST_CELL } from '../../domain/suppression.ts';
import type { CampaignReport } from '../../queries/campaign-report.ts';
import type { Speak } from '../speak.ts';
import { countText, type FigureView, figureView, fractionText, rateText, shownText } from './figure.ts';

/** What all figures of one report share: the period, and where each network's figures come from. */
export interface ReportGrounds {
  readonly period: string;
  sourceOf(networks: readonly Network[]): string;
}

export function reportGrounds(report: CampaignReport, speak: Speak): ReportGrounds {
  const readAt = new Map(report.networks.map(({ network, measuredAt }) => [network, measuredAt]));
  return {
    period: periodText(report.period, speak),
    sourceOf: (networks) =>
      speak.list(networks.map((network) => sourceText(network, readAt.get(network) ?? null, speak))),
  };
}

/** `1 Sept 2014 – 14 Oct 2014 (Europe/Brussels)`. */
export function periodText({ firstDay, lastDay, timeZone }: Period, speak: Speak): string {
  const [from, to] = [firstDay, lastDay].map((day) => speak.day(new Date(day)));
  return speak.t('reports.period-text', { from, to, zone: timeZone });
}

/** Awareness, engagement, sustained engagement: the three figures at the top. */
export function keyFigures(report: CampaignReport, grounds: ReportGrounds, speak: Speak): FigureView[] {
  const networks = report.networks.map(({ network }) => network);
  return [
    impressionsFigure(report, grounds, speak),
    engagementRateFigure(report.overall, networks, grounds, speak),
    sustainedFigure(report, speak),
  ];
}

function impressionsFigure(report: CampaignReport, grounds: ReportGrounds, speak: Speak): FigureView {
  const { impressions } = report.overall;
  const giving = report.networks.filter(({ summary }) => summary.impressions !== null);
  const networks = giving.map(({ network }) => network);
  return figureView(
    {
      label: speak.t('reports.awareness'),
      value: impressions === null ? speak.t('reports.not-measured') : impressionsText(impressions, speak),
      isMissing: impressions === null,
      note: networks.length > 1 ? speak.t('reports.added', { networks: names(networks, speak) }) : '',
      grounds: {
        numerator:
          impressions === null ? speak.t('reports.not-measured') : impressionsText(impressions, speak),
        denominator: null,
        period: grounds.period,
        source: grounds.sourceOf(report.networks.map(({ network }) => network)),
      },
    },
    speak,
  );
}

const impressionsText = (count: number, speak: Speak) =>
  speak.t('reports.impressions-of', { count, shown: speak.number(count) });

/** Engagements over impressions, as X counts it; the denominator is named wherever it is shown. */
export function engagementRateFigure(
  summary: Summary,
  networks: readonly Network[],
  grounds: ReportGrounds,
  speak: Speak,
): FigureView {
  const { engagementRate } = summary;
  const isMissing = engagementRate.value === null;
  return figureView(
    {
      label: speak.t('reports.engagement'),
      value: rateText(engagementRate, speak),
      isMissing,
      note: isMissing ? '' : fractionText(engagementRate, speak),
      grounds: {
        numerator: speak.t('reports.engagements-of', {
          shown: countText(engagementRate.numerator, speak),
        }),
        denominator: speak.t('reports.impressions-named', {
          shown: countText(engagementRate.denominator, speak),
        }),
        period: grounds.period,
        source: grounds.sourceOf(networks),
      },
    },
    speak,
  );
}

function sustainedFigure({ replies }: CampaignReport, speak: Speak): FigureView {
  const { sustained, isEmpty, isSustainedSuppressed } = replies;
  const [numerator, denominator] = [sustained.numerator, sustained.denominator].map((count) =>
    shownText(isEmpty ? 0 : count, speak),
  ) as [string, string];
  return figureView(
    {
      label: speak.t('reports.sustained'),
      value: sustainedText(replies, speak),
      isMissing: sustained.value === null,
      note: isSustainedSuppressed ? speak.t('reports.hidden-why', { limit: SMALLEST_CELL }) : '',
      grounds: {
        numerator: speak.t('reports.sustained-threads', { shown: numerator }),
        denominator: speak.t('reports.all-threads', { shown: denominator }),
        period: speak.t('reports.whole-campaign'),
        source: speak.t('reports.source-replies'),
      },
    },
    speak,
  );
}

/** `14 of 96`, not measurable without replies, or not shown. */
export function sustainedText(
  {
    sustained,
    isSustainedSuppressed,
  }: Pick<CampaignReport['replies'], 'sustained' | 'isSustainedSuppressed'>,
  speak: Speak,
): string {
  if (isSustainedSuppressed) return speak.t('reports.hidden');
  if (sustained.numerator === null || sustained.denominator === null || sustained.value === null)
    return speak.t('reports.not-measurable');
  return speak.t('reports.part-of', {
    part: speak.number(sustained.numerator),
    whole: speak.number(sustained.denominator),
  });
}

function sourceText(network: Network, measuredAt: Date | null, speak: Speak): string {
  const name = NETWORK_NAMES[network];
  return measuredAt
    ? speak.t('reports.source-network', { network: name, at: speak.dateTime(measuredAt) })
    : speak.t('reports.source-unread', { network: name });
}

function names(networks: readonly Network[], speak: Speak): string {
  return speak.list(networks.map((network) => NETWORK_NAMES[network]));
}
