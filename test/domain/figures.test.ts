import { expect } from 'chai';
import { engagementsOf, type Figures, latestFigures, summarise } from '../../server/domain/figures.ts';
import type { Measurement } from '../../server/domain/measurement.ts';

const none: Figures = {
  impressions: null,
  likes: null,
  reposts: null,
  replies: null,
  quotes: null,
  bookmarks: null,
  linkClicks: null,
  profileClicks: null,
};

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

  it('takes the last measured value of each figure', () => {
    const latest = latestFigures([
      taken('2014-10-02T00:00Z', { impressions: 200, likes: null }),
      taken('2014-10-01T00:00Z', { impressions: 100, likes: 4 }),
    ]);
    expect(latest.impressions).to.equal(200);
    expect(latest.likes).to.equal(4);
    expect(latest.linkClicks).to.equal(null);
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
