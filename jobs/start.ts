import { beginIncarnation } from '../server/actions/begin-incarnation.ts';
import { endIncarnation } from '../server/actions/end-incarnation.ts';
import { proveDeaths } from '../server/actions/prove-deaths.ts';
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
  const stopWatching = watchOthers(context);
  return {
    async stop() {
      stopWatching();
      await context.queue.stop();
      await endIncarnation(context);
      // Alarms that rang while stopping were not answered: whoever still runs is to have them again.
      await sweepDeliveries(context);
    },
  };
}

/** Half of the five seconds within which work goes on after a crash. */
const WATCH_MS = 2_500;

/**
 * Takes up the work of another process soon after it is proven dead. The sweep alone would come too late: it runs twice
 * a minute, and not at all for a while when the dead process was to run it.
 */
function watchOthers(context: Context): () => void {
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const dead = await proveDeaths(context);
      if (dead.length === 0) return;
      context.log.warn({ incarnations: dead }, 'another process is dead');
      await sweepDeliveries(context);
    } catch (error) {
      // The database may be away; the next look is soon.
      context.log.warn({ err: error }, 'not looked for dead processes');
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(look, WATCH_MS);
  return () => clearInterval(timer);
}
