import { expect } from 'chai';
import fc from 'fast-check';
import { normalCumulative, normalQuantile } from '../../server/domain/normal-distribution.ts';
import {
  holm,
  newcombeDifference,
  pooledTest,
  sampleSizePerArm,
  wilsonInterval,
} from '../../server/domain/proportions.ts';

describe('proportions', () => {
  it("gives Wilson's interval of 81 in 263", () => {
    const interval = wilsonInterval({ successes: 81, trials: 263 });
    expect(interval?.low).to.be.closeTo(0.2553, 0.00005);
    expect(interval?.high).to.be.closeTo(0.3662, 0.00005);
  });

  it('has no interval without trials or when a trial can succeed several times', () => {
    expect(wilsonInterval({ successes: 0, trials: 0 })).to.equal(null);
    expect(wilsonInterval({ successes: 12, trials: 10 })).to.equal(null);
  });

  it('keeps every interval around its share and between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (some, trials) => {
        const successes = Math.min(some, trials);
        const interval = wilsonInterval({ successes, trials });
        if (!interval) return false;
        const share = successes / trials;
        return (
          interval.low >= 0 &&
          interval.high <= 1 &&
          interval.low <= share + 1e-12 &&
          interval.high >= share - 1e-12
        );
      }),
    );
  });

  it("gives Newcombe's difference of 56/70 and 48/80", () => {
    const difference = newcombeDifference({ successes: 56, trials: 70 }, { successes: 48, trials: 80 });
    expect(difference?.difference).to.be.closeTo(0.2, 1e-9);
    expect(difference?.low).to.be.closeTo(0.0524, 0.00005);
    expect(difference?.high).to.be.closeTo(0.3339, 0.00005);
  });

  it('gives the pooled z of 56/70 and 48/80', () => {
    const test = pooledTest({ successes: 56, trials: 70 }, { successes: 48, trials: 80 });
    expect(test?.z).to.be.closeTo(2.6502, 0.00005);
    expect(test?.p).to.be.closeTo(0.008045, 0.0000005);
  });

  it('cannot test two shares that are both zero', () => {
    expect(pooledTest({ successes: 0, trials: 70 }, { successes: 0, trials: 80 })).to.equal(null);
  });

  it('gives the sample size per arm', () => {
    expect(sampleSizePerArm(0.1, 0.12)).to.equal(3841);
    expect(sampleSizePerArm(0.5, 0.6)).to.equal(388);
  });

  it('adjusts several p values after Holm, in the order given', () => {
    const adjusted = holm([0.04, 0.01, 0.03]);
    expect(adjusted[1]).to.be.closeTo(0.03, 1e-12);
    expect(adjusted[2]).to.be.closeTo(0.06, 1e-12);
    expect(adjusted[0]).to.be.closeTo(0.06, 1e-12);
    expect(holm([0.7, 0.9])).to.deep.equal([1, 1]);
    expect(holm([])).to.deep.equal([]);
  });

  it('knows the normal distribution', () => {
    expect(normalCumulative(0)).to.equal(0.5);
    expect(normalCumulative(1.959963984540054)).to.be.closeTo(0.975, 1e-12);
    expect(normalCumulative(-40)).to.equal(0);
    expect(normalCumulative(40)).to.equal(1);
    expect(normalQuantile(0.8)).to.be.closeTo(0.8416212336, 1e-9);
  });
});
