import { readConfig } from '../server/config.ts';
import { CannotStart } from '../server/errors.ts';
import { openContext } from '../server/open-context.ts';
import { untilToldToStop } from '../server/until-told-to-stop.ts';
import { startJobs } from './start.ts';

/** The worker process: `npm run worker`. */
try {
  await using context = await openContext(readConfig());
  const jobs = await startJobs(context);
  context.log.info({ incarnation: context.queue.name }, 'worker started');
  const signal = await untilToldToStop();
  context.log.info({ signal }, 'stopping');
  await jobs.stop();
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
// Timers of libraries would keep the process alive long after everything is closed.
process.exit();
