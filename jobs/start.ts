import { beginIncarnation } from '../server/actions/begin-incarnation.ts';
import { endIncarnation } from '../server/actions/end-incarnation.ts';
import { sweepDeliveries } from '../server/actions/sweep-deliveries.ts';
import type { Context } from '../server/context.ts';
import { defineJobs } from './define.ts';
import { TIMETABLE } from './timetable.ts';

export interface StartedJobs {
  /** Lets running jobs finish, takes up nothing new and writes down the clean exit. */
  stop(): Promise<void>;
}

/**
 * Runs the jobs in this process. What an earlier process left behind is put right first, so that recovery takes
 * seconds and not the life of a lock.
 */
export async function startJobs(context: Context): Promise<StartedJobs> {
  await beginIncarnation(context);
  await sweepDeliveries(context);
  await context.queue.start(defineJobs(context), TIMETABLE);
  return {
    async stop() {
      await context.queue.stop();
      await endIncarnation(context);
      // Alarms that rang while stopping were not answered: whoever still runs is to have them again.
      await sweepDeliveries(context);
    },
  };
}
