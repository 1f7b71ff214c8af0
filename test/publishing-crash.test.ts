import { expect } from 'chai';
import { NETWORKS } from '../server/domain/network.ts';
import { crashRun } from './support/crash-run.ts';
import { useSharedDatabase } from './support/database.ts';

const [POSTS, KILLS] = [1_000, 60];

describe(`publishing ${POSTS} posts on every network through ${KILLS} crashes`, function suite() {
  this.timeout(900_000);
  const database = useSharedDatabase();

  it('loses nothing and doubles nothing when the worker is killed again and again', async () => {
    const run = { networks: NETWORKS, posts: POSTS, kills: KILLS, overMs: 60_000, timeoutMs: 300_000 };
    const figures = await crashRun({ databaseUri: database.uri, ...run });
    process.stdout.write(`    ${JSON.stringify(figures)}\n`);
    for (const network of NETWORKS) expect(figures[network], network).to.include({ lost: 0, doubled: 0 });
  });
});
