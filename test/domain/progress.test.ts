import { expect } from 'chai';
import { readIndicator, targetProgress } from '../../server/domain/progress.ts';

describe('progress', () => {
  it('is now over target when the indicator is to grow', () => {
    expect(targetProgress(31, 212, 400)).to.deep.equal({ numerator: 212, denominator: 400, value: 0.53 });
  });

  it('is the way from the baseline when the indicator is to fall', () => {
    expect(targetProgress(40, 30, 20).value).to.equal(0.5);
  });

  it('is not measured without a figure for now, and has no value without a target', () => {
    expect(targetProgress(31, null, 400).value).to.equal(null);
    expect(targetProgress(null, 5, null).value).to.equal(null);
  });

  it('recognises the figures that it reads by itself and no others', () => {
    expect(readIndicator(' Link clicks')).to.equal('link-clicks');
    expect(readIndicator('engagement_rate')).to.equal('engagement-rate');
    expect(readIndicator('Calls to the helpline')).to.equal(null);
  });
});
