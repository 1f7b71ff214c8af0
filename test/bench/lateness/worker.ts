import { startJobs } from '../../../jobs/start.ts';
import { type SchedulePostInput, schedulePost } from '../../../server/actions/schedule-post.ts';
import { sweepDeliveries } from '../../../server/actions/sweep-deliveries.ts';
import { connectDatabase } from '../../../server/database/connect.ts';
import type { Member } from '../../../server/domain/member.ts';
import '../../../server/models/index.ts';
import { openVault } from '../../../server/vault.ts';
import { workerContext } from '../../support/worker-context.ts';
import { answer } from './talk.ts';

/** The jobs as `npm start` runs them: `worker.ts <database> <network> <key file>`. */
const [databaseUri = '', networkUrl = '', keyFile = ''] = process.argv.slice(2);
await connectDatabase(databaseUri);
const context = await workerContext(networkUrl, openVault(keyFile), { asInRealLife: true });
await startJobs(context);

answer({
  setAlarms: () => sweepDeliveries(context),
  publishNow: async ({ member, input }: { member: Member; input: SchedulePostInput }) => {
    const pressedAt = Date.now();
    await schedulePost(context, member, { ...input, publishNow: true });
    return pressedAt;
  },
});
process.send?.('ready');
