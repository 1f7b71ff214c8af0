import { expect } from 'chai';
import { useSharedDatabase } from './support/database.ts';
import { stopRun } from './support/stop-run.ts';

const STOPS = 5;

describe('publishing while workers stand still', function suite() {
  this.timeout(180_000);
  const database = useSharedDatabase();

  it(`doubles nothing when a worker goes on ${STOPS} times long after its lease is over`, async () => {
    const figures = await stopRun({ databaseUri: database.uri, network: 'x', stops: STOPS });
    process.stdout.write(`    ${JSON.stringify(figures)}\n`);
    expect(figures).to.include({ lost: 0, doubled: 0 });
    expect(figures.takenOver).to.be.at.least(STOPS);
  });
});
