import { parseArgs } from 'node:util';
import { NETWORKS } from '../../server/domain/network.ts';
import { crashRun } from '../support/crash-run.ts';
import { networkNamed, soak } from '../support/soak.ts';

/**
 * `npm run soak:crash -- --posts 10000 --kills 500`: prints what the ledgers say afterwards. All networks at once, or
 * one with `--network bluesky`; so many posts on each.
 */
const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '60' },
    network: { type: 'string' },
  },
});
const [posts, kills] = [Number(values.posts), Number(values.kills)];
const networks = values.network ? [networkNamed(values.network)] : NETWORKS;
// Workers take most of this to start and be killed: posts stay due until the last of them.
const overMs = Math.max(posts * 20, kills * 2_500);
await soak(
  (databaseUri) => crashRun({ databaseUri, networks, posts, kills, overMs, timeoutMs: overMs + 600_000 }),
  (figures) => networks.flatMap((network) => figures[network] ?? []),
);
