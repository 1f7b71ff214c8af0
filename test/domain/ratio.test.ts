import { expect } from 'chai';
import { pooledRatio, ratioOf, reasonWithoutValue, sumMeasured } from '../../server/domain/ratio.ts';

describe('ratio', () => {
  it('keeps numerator and denominator beside the value', () => {
    expect(ratioOf(2818, 148_300)).to.deep.equal({
      numerator: 2818,
      denominator: 148_300,
      value: 2818 / 148_300,
    });
  });

  it('is not measurable over a denominator of zero, and never zero', () => {
    const ratio = ratioOf(0, 0);
    expect(ratio.value).to.equal(null);
    expect(reasonWithoutValue(ratio)).to.equal('not-measurable');
  });

  it('is not measured when a part is missing', () => {
    expect(reasonWithoutValue(ratioOf(null, 10))).to.equal('not-measured');
    expect(reasonWithoutValue(ratioOf(10, null))).to.equal('not-measured');
    expect(reasonWithoutValue(ratioOf(0, 10))).to.equal(null);
  });

  it('pools only items that have both parts', () => {
    const items = [
      { likes: 10, views: 100 },
      { likes: 90, views: null },
      { likes: null, views: 400 },
      { likes: 5, views: 50 },
    ];
    const pooled = pooledRatio(
      items,
      ({ likes }) => likes,
      ({ views }) => views,
    );
    expect(pooled).to.deep.equal({ numerator: 15, denominator: 150, value: 0.1 });
  });

  it('sums to null, not to zero, when nothing was measured', () => {
    expect(sumMeasured([null, null])).to.equal(null);
    expect(sumMeasured([])).to.equal(null);
    expect(sumMeasured([null, 0])).to.equal(0);
  });

  for (const [name, minutes, clickers, expected] of [
    ['Arabic', 347_195, 263_001, 1.3201],
    ['English', 152_875, 57_905, 2.6401],
    ['both', 500_070, 320_906, 1.5583],
  ] as const) {
    it(`gives the minutes per clicker of the Redirect Method pilot: ${name}`, () => {
      expect(ratioOf(minutes, clickers).value).to.be.closeTo(expected, 0.00005);
    });
  }
});
