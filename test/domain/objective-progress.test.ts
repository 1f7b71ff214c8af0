import { expect } from 'chai';
import type { Objective } from '../../server/domain/campaign.ts';
import { summarise, UNMEASURED } from '../../server/domain/figures.ts';
import { objectiveProgress } from '../../server/domain/objective-progress.ts';
import { summariseReplies } from '../../server/domain/reply-summary.ts';

const objective = (fields: Partial<Objective>): Objective => ({
  statement: 'Parents read us',
  tier: 'awareness',
  indicator: 'Impressions',
  baseline: null,
  target: 400,
  dueOn: null,
  source: 'X',
  ...fields,
});
const figures = summarise([{ ...UNMEASURED, impressions: 212, likes: 53 }]);
const replies = summariseReplies([]);
const progressOf = (fields: Partial<Objective>) =>
  objectiveProgress([objective(fields)], figures, replies).map(({ now, progress }) => [
    now,
    progress.value,
  ])[0];

describe('progress of objectives', () => {
  it('reads counts as they are and rates in percent', () => {
    expect(progressOf({})).to.deep.equal([212, 0.53]);
    expect(progressOf({ indicator: 'engagement rate', target: 50 })).to.deep.equal([25, 0.5]);
  });

  it('does not pretend to know what is counted elsewhere or was not measured', () => {
    expect(progressOf({ indicator: 'Calls to the helpline' })).to.deep.equal([null, null]);
    expect(progressOf({ indicator: 'link clicks' })).to.deep.equal([null, null]);
    expect(progressOf({ indicator: 'constructive ratio' })).to.deep.equal([null, null]);
  });
});
