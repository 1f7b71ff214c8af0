import { expect } from 'chai';
import { differenceInDifferences, probabilityOfSuperiority } from '../../server/domain/experiment.ts';

describe('experiment', () => {
  it('gives the posterior probability that 15/100 is better than 10/100', () => {
    const probability = probabilityOfSuperiority(
      { successes: 10, trials: 100 },
      { successes: 15, trials: 100 },
    );
    expect(probability).to.be.closeTo(0.853284, 0.0000005);
  });

  it('is undecided between two equal arms', () => {
    const arm = { successes: 40, trials: 400 };
    expect(probabilityOfSuperiority(arm, arm)).to.be.closeTo(0.5, 1e-9);
  });

  it("gives Card and Krueger's difference in differences", () => {
    const newJersey = { before: 20.44, after: 21.03 };
    const pennsylvania = { before: 23.33, after: 21.17 };
    expect(differenceInDifferences(newJersey, pennsylvania)).to.be.closeTo(2.75, 1e-9);
  });
});
