import { expect } from 'chai';
import { type CodedUnit, cohensKappa, krippendorffsAlpha } from '../../server/domain/agreement.ts';

const coders = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const canonical: CodedUnit[] = Array.from({ length: 12 }, (_, unit) =>
  coders.map((values) => values[unit] ?? null),
);

describe('agreement', () => {
  it("gives Cohen's kappa of the textbook table", () => {
    const table = [
      [20, 5],
      [10, 15],
    ];
    expect(cohensKappa(table)).to.be.closeTo(0.4, 1e-12);
  });

  it("gives Krippendorff's alpha of four coders and twelve units", () => {
    expect(krippendorffsAlpha(canonical, 'nominal')).to.be.closeTo(0.7434, 0.00005);
    expect(krippendorffsAlpha(canonical, 'ordinal')).to.be.closeTo(0.8154, 0.00005);
  });

  it('is undefined where nothing can disagree', () => {
    expect(krippendorffsAlpha([[1, 1], [1]], 'nominal')).to.equal(null);
    expect(krippendorffsAlpha([], 'nominal')).to.equal(null);
    expect(cohensKappa([])).to.equal(null);
    expect(cohensKappa([[4]])).to.equal(null);
  });
});
