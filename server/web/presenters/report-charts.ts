import { NETWORK_NAMES } from '../../domain/network.ts';
import { dayOf } from '../../domain/period.ts';
import type { SeriesPoint } from '../../domain/series.ts';
import type { CampaignReport } from '../../queries/campaign-report.ts';
import type { NetworkReport } from '../../queries/report-networks.ts';
import { drawLineChart } from '../charts/line-chart.ts';
import type { Show } from '../forms/reports.ts';
import type { Speak } from '../speak.ts';
import { countText } from './figure.ts';

type Topic = 'awareness' | 'engagement';

const TARGET_INDICATORS = { awareness: 'impressions', engagement: 'engagements' } as const;

/** Awareness and engagement over time: a picture each, and the table that says the same. */
export function reportCharts(report: CampaignReport, show: Show, speak: Speak) {
  return (['awareness', 'engagement'] as const).map((topic) => chartView(topic, report, show, speak));
}

function chartView(topic: Topic, report: CampaignReport, show: Show, speak: Speak) {
  const measured = report.networks.filter((network) => network[topic].some(({ total }) => total !== null));
  const title = speak.t(`reports.chart-${topic}`, { show, step: report.period.step });
  const table = tableOf(topic, report, measured, show, speak);
  const series = measured.map((network) => ({
    name: NETWORK_NAMES[network.network],
    values: network[topic].map((point) => point[show]),
  }));
  return {
    title,
    isEmpty: measured.length === 0,
    svg:
      measured.length === 0
        ? ''
        : drawLineChart({
            id: `chart-${topic}`,
            title,
            description: descriptionOf(table.rows, speak),
            direction: speak.direction,
            columns: table.rows.map(({ period }) => period),
            series,
            target: show === 'total' ? targetOf(topic, report, speak) : null,
            formatValue: (value) => speak.number(value),
          }),
    table,
  };
}

function tableOf(
  topic: Topic,
  { period }: CampaignReport,
  measured: readonly NetworkReport[],
  show: Show,
  speak: Speak,
) {
  const points: readonly SeriesPoint[] = measured[0]?.[topic] ?? [];
  return {
    networks: measured.map(({ network }) => NETWORK_NAMES[network]),
    rows: points.map(({ from }, index) => ({
      period: speak.day(new Date(dayOf(from, period.timeZone))),
      values: measured.map((network) => countText(network[topic][index]?.[show] ?? null, speak)),
    })),
  };
}

function descriptionOf(rows: readonly { period: string; values: readonly string[] }[], speak: Speak): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return '';
  return speak.t('reports.chart-description', {
    from: first.period,
    to: last.period,
    last: speak.list(last.values),
  });
}

function targetOf(topic: Topic, { objectives }: CampaignReport, speak: Speak) {
  const objective = objectives.find(({ reads }) => reads === TARGET_INDICATORS[topic]);
  if (objective?.target === undefined || objective.target === null) return null;
  const value = objective.target;
  return { value, label: speak.t('reports.chart-target', { target: speak.number(value) }) };
}
