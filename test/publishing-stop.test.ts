import { expect } from 'chai';
import mongoose from 'mongoose';
import { connectDatabase } from '../server/database/connect.ts';
import '../server/models/index.ts';
import { freshDatabaseUri } from './support/database.ts';
import { stopRun } from './support/stop-run.ts';

const STOPS = 5;

describe('publishing while workers stand still', function suite() {
  this.timeout(180_000);
  let databaseUri = '';
  before('connect to a fresh database', async () => {
    databaseUri = await freshDatabaseUri();
    await connectDatabase(databaseUri);
  });
  after('drop the database', async () => {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  });

  it(`doubles nothing when a worker goes on ${STOPS} times long after its lease is over`, async () => {
    const figures = await stopRun({ databaseUri, network: 'x', stops: STOPS });
    process.stdout.write(`    ${JSON.stringify(figures)}\n`);
    expect(figures).to.include({ lost: 0, doubled: 0 });
    expect(figures.takenOver).to.be.at.least(STOPS);
  });
});
