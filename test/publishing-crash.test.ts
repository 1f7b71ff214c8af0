import { expect } from 'chai';
import mongoose from 'mongoose';
import { connectDatabase } from '../server/database/connect.ts';
import { NETWORKS } from '../server/domain/network.ts';
import '../server/models/index.ts';
import { crashRun } from './support/crash-run.ts';
import { freshDatabaseUri } from './support/database.ts';

describe('publishing through crashes', function suite() {
  this.timeout(240_000);
  let databaseUri = '';
  beforeEach('connect to a fresh database', async () => {
    databaseUri = await freshDatabaseUri();
    await connectDatabase(databaseUri);
  });
  afterEach('drop the database', async () => {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  });

  for (const network of NETWORKS) {
    it(`loses nothing and doubles nothing on ${network} when the worker is killed again and again`, async () => {
      const run = { databaseUri, network, posts: 60, kills: 6, overMs: 6_000, timeoutMs: 120_000 };
      const figures = await crashRun(run);
      process.stdout.write(`    ${JSON.stringify(figures)}\n`);
      expect(figures).to.include({ lost: 0, doubled: 0 });
    });
  }
});
