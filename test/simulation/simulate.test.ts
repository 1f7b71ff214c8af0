import { expect } from 'chai';
import { useDatabase } from '../support/database.ts';
import { simulate } from './simulate.ts';
import { openWorld } from './world.ts';

const SEEDS = 500;

describe('a simulation of publishing', function simulation() {
  this.timeout(900_000);
  useDatabase();

  it(`loses nothing, doubles nothing and leaves nothing lying about, in ${SEEDS} histories`, async () => {
    const world = await openWorld();
    try {
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { lost, doubled, stuck } = await simulate(world, seed);
        expect({ lost, doubled, stuck }, `npm run simulate -- --from ${seed} --seeds 1`).to.deep.equal({
          lost: [],
          doubled: [],
          stuck: [],
        });
      }
    } finally {
      world.close();
    }
  });

  it('runs the same history again from the same seed', async () => {
    const world = await openWorld();
    try {
      expect(await simulate(world, 42)).to.deep.equal(await simulate(world, 42));
    } finally {
      world.close();
    }
  });
});
