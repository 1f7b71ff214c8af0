import { expect } from 'chai';
import {
  constructiveRatio,
  costPer,
  frequency,
  retention,
  sustainedRate,
} from '../../server/domain/indicators.ts';

describe('indicators', () => {
  it('gives cost per view, per engagement and per thousand impressions', () => {
    expect(costPer(50, 200).value).to.equal(0.25);
    expect(costPer(50, 10_000, 1000)).to.deep.equal({ numerator: 50_000, denominator: 10_000, value: 5 });
    expect(costPer(null, 10).value).to.equal(null);
    expect(costPer(50, 0).value).to.equal(null);
  });

  it('gives retention and frequency', () => {
    expect(retention(30, 120).value).to.equal(0.25);
    expect(frequency(900, 300).value).to.equal(3);
    expect(frequency(900, null).value).to.equal(null);
  });

  it('sets constructive answers against antagonistic ones and leaves neutral ones out', () => {
    expect(constructiveRatio(61, 22)).to.deep.equal({ numerator: 61, denominator: 83, value: 61 / 83 });
    expect(constructiveRatio(0, 0).value).to.equal(null);
    expect(constructiveRatio(61, null).denominator).to.equal(null);
  });

  it('counts a thread as sustained from five messages', () => {
    expect(sustainedRate([4, 5, 6, 1])).to.deep.equal({ numerator: 2, denominator: 4, value: 0.5 });
    expect(sustainedRate([]).value).to.equal(null);
  });
});
