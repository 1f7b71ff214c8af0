import { expect } from 'chai';
import {
  engagementsOf,
  type Figures,
  readingsOf,
  summarise,
  UNMEASURED,
} from '../../server/domain/figures.ts';
import type { Measurement } from '../../server/domain/measurement.ts';

const none = UNMEASURED;

const taken = (at: string, figures: Partial<Figures>): Measurement => ({
  ...none,
  ...figures,
  _id: at,
  delivery: 'd',
  post: 'p',
  campaign: 'c',
  message: 'm',
  variant: 'v',
  account: 'a',
  network: 'x',
  takenAt: new Date(at),
  ageMinutes: 0,
  isDemo: false,
});

describe('figures', () => {
  it('adds the engagements that were measured and says null when none was', () => {
    expect(engagementsOf({ ...none, likes: 3, replies: 2 })).to.equal(5);
    expect(engagementsOf(none)).to.equal(null);
  });

  it('keeps the last measured value of a figure that a later measurement lacks', () => {
    const readings = readingsOf([
      taken('2014-10-02T00:00Z', { impressions: 200, likes: null }),
      taken('2014-10-01T00:00Z', { impressions: 100, likes: 4 }),
    ]);
    expect(readings.map(({ figures }) => figures.impressions)).to.deep.equal([100, 200]);
    expect(readings.map(({ figures }) => figures.likes)).to.deep.equal([4, 4]);
    expect(readings.at(-1)?.figures.linkClicks).to.equal(null);
  });

  it('divides clicks by impressions', () => {
    const { clickThroughRate } = summarise([{ ...none, impressions: 10_000, linkClicks: 241 }]);
    expect(clickThroughRate).to.deep.equal({ numerator: 241, denominator: 10_000, value: 0.0241 });
  });

  it('computes rates only from deliveries that have both parts', () => {
    const summary = summarise([
      { ...none, impressions: 1000, likes: 10 },
      { ...none, likes: 500 },
    ]);
    expect(summary.engagements).to.equal(510);
    expect(summary.engagementRate).to.deep.equal({ numerator: 10, denominator: 1000, value: 0.01 });
    expect(summary.clickThroughRate.value).to.equal(null);
  });
});
