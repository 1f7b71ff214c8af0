import mongoose from 'mongoose';
import { startJobs } from '../../jobs/start.ts';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import { PUBLISHING_TIMES } from '../../server/domain/publishing-times.ts';
import { openLog } from '../../server/log.ts';
import '../../server/models/index.ts';
import { openPlatforms } from '../../server/platforms/index.ts';
import { openQueue } from '../../server/queue.ts';
import { openVault } from '../../server/vault.ts';

/** A worker process with short waits, made to be killed: `crash-worker.ts <database> <rehearsal> <key file>`. */
const [databaseUri, rehearsalUrl, secretKeyFile] = process.argv.slice(2);
if (!databaseUri || !rehearsalUrl || !secretKeyFile) throw new Error('Three addresses are needed.');

const config = readConfig({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' });
await connectDatabase(databaseUri);
const log = openLog(config);
const rehearsal = { x: rehearsalUrl, mastodon: rehearsalUrl, bluesky: rehearsalUrl };
await startJobs({
  config,
  log,
  clock: systemClock,
  queue: await openQueue({ log, connection: mongoose.connection, processEveryMs: 200 }),
  vault: openVault(secretKeyFile),
  rehearsal,
  platforms: openPlatforms({ rehearsal }),
  publishingTimes: {
    ...PUBLISHING_TIMES,
    requestMs: 2_000,
    leaseMs: 4_000,
    settleMs: 500,
    secondLookMs: 500,
    repeatLookMs: 500,
    backOffMs: 200,
    backOffCapMs: 1_000,
  },
});
process.send?.('started');
