import type { Objective } from './campaign.ts';
import type { Summary } from './figures.ts';
import { type ReadIndicator, readIndicator, targetProgress } from './progress.ts';
import type { Ratio } from './ratio.ts';
import type { ReplySummary } from './reply-summary.ts';

/** An objective with where it stands. */
export interface ObjectiveProgress extends Objective {
  /** null: this indicator is counted outside the software. */
  readonly reads: ReadIndicator | null;
  /** In the unit of the target; rates in percent. null: not measured. */
  readonly now: number | null;
  readonly progress: Ratio;
}

/** Sets every objective beside what was measured, as far as its indicator is one that the software reads. */
export function objectiveProgress(
  objectives: readonly Objective[],
  figures: Summary,
  replies: ReplySummary,
): ObjectiveProgress[] {
  return objectives.map((objective) => {
    const reads = readIndicator(objective.indicator);
    const now = reads && currentValue(reads, figures, replies);
    return { ...objective, reads, now, progress: targetProgress(objective.baseline, now, objective.target) };
  });
}

function currentValue(indicator: ReadIndicator, figures: Summary, replies: ReplySummary): number | null {
  switch (indicator) {
    case 'impressions':
    case 'engagements':
    case 'likes':
    case 'reposts':
    case 'replies':
      return figures[indicator];
    case 'link-clicks':
      return figures.linkClicks;
    case 'engagement-rate':
      return inPercent(figures.engagementRate);
    case 'click-through-rate':
      return inPercent(figures.clickThroughRate);
    case 'constructive-ratio':
      return inPercent(replies.constructive);
    case 'sustained-rate':
      return inPercent(replies.sustained);
  }
}

function inPercent({ value }: Ratio): number | null {
  return value === null ? null : value * 100;
}
