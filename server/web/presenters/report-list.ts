import type { ReportLine } from '../../queries/report-list.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { countText, fractionText, rateText } from './figure.ts';
import { sustainedText } from './report-figures.ts';

/** All campaigns with their three key figures. */
export function reportListPage(lines: readonly ReportLine[], speak: Speak) {
  return {
    title: speak.t('reports.title-index'),
    rows: lines.map((line) => ({
      address: paths.campaignReport(line.campaign),
      title: line.title,
      state: speak.label('campaign-state', line.state),
      posts: speak.number(line.posts),
      isPublished: line.posts > 0,
      awareness: countText(line.summary.impressions, speak),
      isAdded: line.networks.length > 1 && line.summary.impressions !== null,
      engagement: rateText(line.summary.engagementRate, speak),
      fraction:
        line.summary.engagementRate.value === null ? '' : fractionText(line.summary.engagementRate, speak),
      sustained: sustainedText(line, speak),
    })),
    campaignsAddress: paths.campaigns,
  };
}
