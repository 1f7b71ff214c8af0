import { expect } from 'chai';
import { killRun } from '../support/kill-run.ts';

describe('The embedded database, killed while twenty writers write', function suite() {
  this.timeout(120_000);

  it('loses nothing that it acknowledged, and its clients come back by themselves', async () => {
    const figures = await killRun(8);
    process.stdout.write(`    ${JSON.stringify(figures)}\n`);
    expect(figures).to.deep.include({ lost: 0, disagreements: [] });
    // Beside other work there are fewer, but never none.
    expect(figures.acknowledged).to.be.above(figures.rounds);
  });
});
