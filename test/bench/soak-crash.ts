import { parseArgs } from 'node:util';
import { crashRun } from '../support/crash-run.ts';
import { networkNamed, soak } from '../support/soak.ts';

/** `npm run soak:crash -- --posts 1000 --kills 60 --network bluesky`: prints what the network's ledger says afterwards. */
const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '60' },
    network: { type: 'string', default: 'x' },
  },
});
const [posts, kills] = [Number(values.posts), Number(values.kills)];
const network = networkNamed(values.network);
// Workers take most of this to start and be killed: posts stay due until the last of them.
const overMs = Math.max(posts * 20, kills * 2_500);
await soak((databaseUri) =>
  crashRun({ databaseUri, network, posts, kills, overMs, timeoutMs: overMs + 600_000 }),
);
