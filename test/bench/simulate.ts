import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { connectDatabase } from '../../server/database/connect.ts';
import { simulate } from '../simulation/simulate.ts';
import { openWorld } from '../simulation/world.ts';
import { freshDatabaseUri, stopTestDatabase } from '../support/database.ts';

/** `npm run simulate -- --seeds 5000 --from 1`: prints every history that went wrong, with its seed. */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '500' }, from: { type: 'string', default: '1' } },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
await connectDatabase(await freshDatabaseUri());
const world = await openWorld();
const began = performance.now();
const totals = { seeds, crashes: 0, requests: 0, lost: 0, doubled: 0, stuck: 0, seconds: 0 };
for (let seed = from; seed < from + seeds; seed += 1) {
  const verdict = await simulate(world, seed);
  totals.crashes += verdict.crashes;
  totals.requests += verdict.requests;
  for (const name of ['lost', 'doubled', 'stuck'] as const) totals[name] += verdict[name].length;
  const isBad = verdict.lost.length + verdict.doubled.length + verdict.stuck.length > 0;
  if (isBad || seeds === 1) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
}
totals.seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(`${JSON.stringify(totals, null, 2)}\n`);
await mongoose.disconnect();
await stopTestDatabase();
process.exit(totals.lost + totals.doubled + totals.stuck === 0 ? 0 : 1);
