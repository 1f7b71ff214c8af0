import { expect } from 'chai';
import type { Network } from '../server/domain/network.ts';
import { crashRun } from './support/crash-run.ts';
import { useSharedDatabase } from './support/database.ts';

/** The whole run on one network, a short one on each of the others: `npm run soak:crash` does as many as one likes. */
const RUNS: { network: Network; posts: number; kills: number; overMs: number }[] = [
  { network: 'x', posts: 1_000, kills: 60, overMs: 60_000 },
  { network: 'mastodon', posts: 60, kills: 6, overMs: 6_000 },
  { network: 'bluesky', posts: 60, kills: 6, overMs: 6_000 },
];

for (const run of RUNS) {
  const { network, posts, kills } = run;
  describe(`publishing ${posts} posts on ${network} through ${kills} crashes`, function suite() {
    this.timeout(900_000);
    const database = useSharedDatabase();

    it('loses nothing and doubles nothing when the worker is killed again and again', async () => {
      const figures = await crashRun({ databaseUri: database.uri, ...run, timeoutMs: 300_000 });
      process.stdout.write(`    ${JSON.stringify(figures)}\n`);
      expect(figures).to.include({ lost: 0, doubled: 0 });
    });
  });
}
