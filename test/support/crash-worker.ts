import { startJobs } from '../../jobs/start.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import '../../server/models/index.ts';
import { openVault } from '../../server/vault.ts';
import { workerContext } from './worker-context.ts';

/** A worker process with short waits, made to be killed: `crash-worker.ts <database> <rehearsal> <key file>`. */
const [databaseUri, rehearsalUrl, secretKeyFile] = process.argv.slice(2);
if (!databaseUri || !rehearsalUrl || !secretKeyFile) throw new Error('Three addresses are needed.');

await connectDatabase(databaseUri);
const context = await workerContext(rehearsalUrl, openVault(secretKeyFile));
await startJobs(context);
process.send?.(context.queue.name);
