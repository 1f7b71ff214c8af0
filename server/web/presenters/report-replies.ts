import { SMALLEST_CELL } from '../../domain/suppression.ts';
import type { CampaignReport } from '../../queries/campaign-report.ts';
import type { Speak } from '../speak.ts';
import { fractionText, shareText, shownText, totalText } from './figure.ts';

/** What people answered: counts by code, with the small ones left out. */
export function reportReplies({ replies }: CampaignReport, speak: Speak) {
  const { isEmpty, stored, coded, codes, constructive } = replies;
  return {
    isEmpty,
    summary: speak.t('reports.replies-stored', {
      stored: totalText(stored, speak),
      coded: totalText(coded, speak),
    }),
    hiddenWhy: codes.some(({ count }) => count === null)
      ? speak.t('reports.hidden-why', { limit: SMALLEST_CELL })
      : '',
    rows: codes.map(({ name, count }) => ({
      code: speak.label('reply-code', name),
      count: shownText(count, speak),
      isHidden: count === null,
      share: count !== null && coded !== null && coded > 0 ? shareText(count / coded, speak) : '',
    })),
    constructive:
      constructive.value === null
        ? speak.t('reports.constructive-hidden')
        : speak.t('reports.constructive', {
            rate: shareText(constructive.value, speak),
            fraction: fractionText(constructive, speak),
          }),
  };
}
