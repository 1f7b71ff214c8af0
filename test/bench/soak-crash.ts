import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { connectDatabase } from '../../server/database/connect.ts';
import { NETWORKS } from '../../server/domain/network.ts';
import '../../server/models/index.ts';
import { crashRun } from '../support/crash-run.ts';
import { freshDatabaseUri, stopTestDatabase } from '../support/database.ts';

/** `npm run soak:crash -- --posts 1000 --kills 60 --network bluesky`: prints what the network's ledger says afterwards. */
const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '60' },
    network: { type: 'string', default: 'x' },
  },
});
const [posts, kills] = [Number(values.posts), Number(values.kills)];
const network = NETWORKS.find((one) => one === values.network);
if (!network) throw new Error(`--network must be one of ${NETWORKS.join(', ')}.`);
const databaseUri = await freshDatabaseUri();
await connectDatabase(databaseUri);
const overMs = Math.max(posts * 20, kills * 700);
const figures = await crashRun({ databaseUri, network, posts, kills, overMs, timeoutMs: overMs + 600_000 });
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
await mongoose.disconnect();
await stopTestDatabase();
process.exit(figures.lost + figures.doubled === 0 ? 0 : 1);
