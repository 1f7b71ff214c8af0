import { setTimeout as wait } from 'node:timers/promises';
import type { NotificationChannel } from 'agenda';
import type { mongo } from 'mongoose';
import type { Log } from './log.ts';

interface Alarm {
  _id: mongo.ObjectId;
  name: string;
  nextRunAt: Date;
}

export interface AlarmWatchOptions {
  alarms: mongo.Collection;
  /** Whoever listens to it runs what is due. */
  channel: NotificationChannel;
  names: readonly string[];
  log: Log;
  /** Half of it is what "publish now" waits on average when the page was served by another process. */
  everyMs: number;
}

const MOST = 64;

/**
 * Tells this process of alarms that others set for now: Agenda hears at once only of its own, and looks for others
 * seldom, since it has to ask for every name. This asks for all of them in one look at one index, often. Ends with
 * the signal.
 */
export async function watchAlarms(options: AlarmWatchOptions, signal: AbortSignal): Promise<void> {
  const { alarms, channel, names, log, everyMs } = options;
  let isFailing = false;
  while (!signal.aborted) {
    try {
      const due = await alarms
        .find({ lockedAt: null, nextRunAt: { $lte: new Date() }, name: { $in: [...names] } })
        .project<Alarm>({ name: 1, nextRunAt: 1 })
        .limit(MOST)
        .toArray();
      for (const { _id, name: jobName, nextRunAt } of new Map(
        due.map((alarm) => [alarm.name, alarm]),
      ).values()) {
        const jobId = _id.toHexString() as never;
        await channel.publish({ jobId, jobName, nextRunAt, priority: 0, timestamp: new Date() });
      }
      isFailing = false;
    } catch (error) {
      // Said once: while the database is away it would be said twenty times a second.
      if (!isFailing && !signal.aborted) log.warn({ err: error }, 'alarms cannot be read');
      isFailing = true;
    }
    await wait(everyMs, undefined, { ref: false, signal }).catch(() => undefined);
  }
}
