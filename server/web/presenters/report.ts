import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import type { ObjectiveProgress } from '../../domain/objective-progress.ts';
import { STEPS } from '../../domain/period.ts';
import { mayDo } from '../../domain/roles.ts';
import type { CampaignReport } from '../../queries/campaign-report.ts';
import type { FormView } from '../forms/form-view.ts';
import { SHOWS, type Show } from '../forms/reports.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { campaignTabs } from './campaign-tabs.ts';
import { shareText } from './figure.ts';
import { reportCharts } from './report-charts.ts';
import { keyFigures, periodText, reportGrounds } from './report-figures.ts';
import { reportReplies } from './report-replies.ts';
import { comparisonSentences, postRows, variantRows } from './report-tables.ts';

interface Asked {
  member: Member;
  speak: Speak;
  show: Show;
  /** The period form; with what was typed and the errors when the period made no sense. */
  form: FormView;
  /** The query of the address, so that an export covers what is on the page. */
  query: string;
}

/** The report of one campaign, as a page. */
export function reportPage(report: CampaignReport, { member, speak, show, form, query }: Asked) {
  const { campaign } = report;
  const grounds = reportGrounds(report, speak);
  return {
    title: speak.t('reports.title', { campaign: campaign.title }),
    campaign: { title: campaign.title, address: paths.campaign(campaign._id) },
    tabs: campaignTabs(campaign._id, { here: 'report', reader: member }, speak),
    state: speak.label('campaign-state', campaign.state),
    period: periodText(report.period, speak),
    zone: report.period.timeZone,
    form,
    reportAddress: paths.campaignReport(campaign._id),
    repliesAddress: paths.campaignReplies(campaign._id),
    calendarAddress: paths.calendar,
    measurePath: mayDo(member.roles, 'figures.read') ? paths.campaignMeasurement(campaign._id) : null,
    mayReadReplies: mayDo(member.roles, 'replies.read'),
    exports: mayDo(member.roles, 'reports.export')
      ? [
          { name: 'CSV', address: `${paths.campaignReportCsv(campaign._id)}${query}` },
          { name: 'JSON', address: `${paths.campaignReportJson(campaign._id)}${query}` },
        ]
      : [],
    steps: STEPS.map((step) => ({ value: step, label: speak.t(`reports.step-${step}`) })),
    shows: SHOWS.map((value) => ({ value, label: speak.t(`reports.show-${value}`) })),
    hasPublished: report.hasPublished,
    objectives: report.objectives.map((objective) => objectiveView(objective, speak)),
    figures: keyFigures(report, grounds, speak),
    charts: reportCharts(report, show, speak),
    posts: postRows(report, grounds, speak),
    unmeasured: report.unmeasuredPosts
      ? speak.t('reports.unmeasured-posts', { count: report.unmeasuredPosts })
      : '',
    variants: variantRows(report, grounds, speak),
    hasArms: report.variants.some(({ arm }) => arm !== null),
    comparisons: comparisonSentences(report, speak),
    replies: reportReplies(report, speak),
    lessons: campaign.lessons,
    notMeasured: report.networks.map(({ network, notMeasured }) =>
      speak.t('reports.not-measured-on', {
        network: NETWORK_NAMES[network],
        measures: speak.list(
          notMeasured.map((name) =>
            name === 'reach' ? speak.t('reports.reach') : speak.label('measure', name),
          ),
        ),
      }),
    ),
  };
}

function objectiveView({ statement, tier, indicator, ...objective }: ObjectiveProgress, speak: Speak) {
  const { baseline, now, target, progress, reads, dueOn, source } = objective;
  const known = (value: number | null) =>
    value === null ? speak.t('reports.not-measured') : speak.number(value, 1);
  return {
    statement,
    tier: speak.label('evaluation-tier', tier),
    indicator,
    baseline: known(baseline),
    now: reads ? known(now) : speak.t('reports.counted-elsewhere'),
    target: target === null ? speak.t('reports.no-target') : speak.number(target, 1),
    dueOn: dueOn ? speak.day(dueOn) : '',
    source,
    progress:
      progress.value === null
        ? null
        : {
            text: speak.t('reports.progress-text', {
              share: shareText(progress.value, speak),
              numerator: speak.number(progress.numerator ?? 0, 1),
              denominator: speak.number(progress.denominator ?? 0, 1),
            }),
            percent: Math.min(100, Math.max(0, Math.round(progress.value * 100))),
          },
  };
}
