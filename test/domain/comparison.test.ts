import { expect } from 'chai';
import { compareVariants } from '../../server/domain/comparison.ts';
import { ratioOf } from '../../server/domain/ratio.ts';

describe('comparison of variants', () => {
  it('sets every variant against the most shown one of its network', () => {
    const [comparison, ...rest] = compareVariants([
      { variant: 'a', network: 'x', rate: ratioOf(56, 70) },
      { variant: 'b', network: 'x', rate: ratioOf(48, 80) },
      { variant: 'c', network: 'mastodon', rate: ratioOf(5, 90) },
    ]);
    expect(rest).to.deep.equal([]);
    expect(comparison?.variant).to.equal('a');
    expect(comparison?.reference).to.equal('b');
    expect(comparison?.difference.difference).to.be.closeTo(0.2, 1e-9);
    expect(comparison?.p).to.be.closeTo(0.008045, 0.0000005);
  });

  it('adjusts for looking at several', () => {
    const compared = compareVariants([
      { variant: 'a', network: 'x', rate: ratioOf(56, 70) },
      { variant: 'b', network: 'x', rate: ratioOf(48, 80) },
      { variant: 'c', network: 'x', rate: ratioOf(47, 79) },
    ]);
    expect(compared.find(({ variant }) => variant === 'a')?.p).to.be.closeTo(0.01609, 0.000005);
  });

  it('leaves out what was not measured or is no proportion', () => {
    const compared = compareVariants([
      { variant: 'a', network: 'x', rate: ratioOf(48, 80) },
      { variant: 'b', network: 'x', rate: ratioOf(null, null) },
      { variant: 'c', network: 'x', rate: ratioOf(90, 80) },
    ]);
    expect(compared).to.deep.equal([]);
  });
});
