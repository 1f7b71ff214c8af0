import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, InMemoryNotificationChannel, type Job } from 'agenda';
import type { Connection } from 'mongoose';
import { alarmTime, checked, laneName, laneNames } from './alarm-time.ts';
import { watchAlarms } from './alarm-watch.ts';
import type { Log } from './log.ts';

/** Jobs by name, with what each one is told. Publishing lanes carry only their alarm. */
interface JobPayloads {
  'publish-lane': { lane: number; dueSecond: number };
  'sweep-deliveries': Record<string, never>;
  'measure-deliveries': Record<string, never>;
  'continue-withdrawals': Record<string, never>;
  'expire-reply-texts': Record<string, never>;
  'write-trail-head': Record<string, never>;
  'keep-access': Record<string, never>;
  'index-library': Record<string, never>;
  'run-imports': Record<string, never>;
}

type JobName = keyof JobPayloads;
type RecurringJobName = Exclude<JobName, 'publish-lane'>;

/** A handler stops taking up new work once the signal is aborted. */
export type Handlers = {
  readonly [Name in JobName]: (payload: JobPayloads[Name], signal: AbortSignal) => Promise<void>;
};

/** Interval in human words (`30 seconds`), by job. */
export type Timetable = Readonly<Record<RecurringJobName, string>>;

/** Alarm clocks over Agenda. Owns names and payloads; knows no handler. */
export interface Queue {
  /** Unique per process and start; locks that are left behind carry it. */
  readonly name: string;
  /**
   * Sets the alarm of one lane: at once when the instant has passed, else at the next whole second.
   * The same alarm twice is one alarm. Throws RangeError for an invalid date, which Agenda would take for now.
   */
  wakeLane(lane: number, at: Date): Promise<void>;
  /** Sets those of these alarms that are not set yet. */
  wakeLanes(alarms: readonly { lane: number; at: Date }[]): Promise<void>;
  /** Lets whoever runs jobs look for imports now instead of at the next regular time. */
  wakeImports(): Promise<void>;
  /** Begins to run jobs in this process; a process that never calls it only sets alarms. */
  start(handlers: Handlers, timetable: Timetable): Promise<void>;
  /** Frees what queues of these names had locked; only for processes that are known to be dead. */
  freeLocks(names: readonly string[]): Promise<void>;
  /** Whether somebody, here or elsewhere, keeps up with the alarms. */
  isHealthy(): Promise<boolean>;
  /** Lets running jobs finish, then frees whatever was locked ahead. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  log: Log;
  connection: Connection;
  /** How often Agenda looks for jobs; what it finds ahead it starts by timer, on time. */
  processEveryMs?: number;
  /** How often one look at one index finds alarms that another process has set for now. */
  watchEveryMs?: number;
  /** A job that runs longer than this is taken for dead. */
  lockLifetimeMs?: number;
}

const DUPLICATE_KEY = 11000;
const DRAIN_MS = 25_000;
const LOOK_AGAIN_MS = 20;
const LATE_MS = 15_000;
/** One after the other, each alarm would wait for the disk by itself. */
const SET_AT_ONCE = 32;
/** With something due in every second, several alarms of a lane are being answered at once: each rings ahead and waits. */
const LANE_LIMITS = { concurrency: 8, lockLimit: 32 };

/** Opens the queue on a connected database. Sets its indexes; runs nothing until it is started. */
export async function openQueue({
  log,
  connection,
  processEveryMs = 10_000,
  watchEveryMs = 50,
  lockLifetimeMs = 60_000,
}: QueueOptions): Promise<Queue> {
  const { db } = connection;
  if (!db) throw new Error('The queue needs a connected database.');
  const alarms = db.collection('alarms');
  await alarms.createIndex({ name: 1, lockedAt: 1, nextRunAt: 1, priority: -1 });
  await alarms.createIndex({ lockedAt: 1, nextRunAt: 1 });
  await alarms.createIndex({ name: 1, 'data.dueSecond': 1, lastRunAt: 1 }, { unique: true });

  const name = randomUUID();
  const channel = new InMemoryNotificationChannel();
  const agenda = new Agenda({
    name,
    backend: new MongoBackend({ mongo: db, collection: 'alarms', ensureIndex: false }),
    notificationChannel: channel,
    processEvery: processEveryMs,
    defaultLockLifetime: lockLifetimeMs,
    maxConcurrency: 512,
    removeOnComplete: true,
  });
  listen(agenda, log);
  // Its first commands must have been answered: a command that is over at once would close the connection under them.
  await agenda.ready;
  const running = watchRunning(agenda);
  const stopping = new AbortController();
  let watching = Promise.resolve();

  const setAlarm = async (lane: number, at: Date) => {
    const { dueSecond, runAt } = alarmTime(at);
    const job = agenda.create(laneName(lane), { lane, dueSecond }).schedule(checked(runAt));
    await insertOnce(job, { 'data.dueSecond': dueSecond, lastRunAt: null });
  };

  const freeLocks = async (names: readonly string[]) => {
    const lockedByThem = { lastModifiedBy: { $in: [...names] }, lockedAt: { $ne: null } };
    // A one-off that had started has no next run any more; it has to run again, and may.
    await alarms.updateMany(
      { ...lockedByThem, nextRunAt: null },
      { $set: { lockedAt: null, nextRunAt: new Date() } },
    );
    await alarms.updateMany(lockedByThem, { $set: { lockedAt: null } });
  };

  return {
    name,
    wakeLane: setAlarm,
    async wakeLanes(wanted) {
      const seconds = wanted.map(({ at }) => alarmTime(at).dueSecond);
      const range = { $gte: Math.min(...seconds), $lte: Math.max(...seconds) };
      const set = await alarms
        .find({ name: { $in: laneNames() }, 'data.dueSecond': range, lastRunAt: null })
        .project<{ name: string; data: { dueSecond: number } }>({ name: 1, 'data.dueSecond': 1 })
        .toArray();
      const known = new Set(set.map((alarm) => `${alarm.name} ${alarm.data.dueSecond}`));
      const missing = wanted.filter(
        ({ lane, at }) => !known.has(`${laneName(lane)} ${alarmTime(at).dueSecond}`),
      );
      await someAtOnce(missing, ({ lane, at }) => setAlarm(lane, at));
    },
    async wakeImports() {
      const waiting = { name: 'run-imports' satisfies JobName, lockedAt: null };
      await alarms.updateOne(waiting, { $set: { nextRunAt: new Date() } });
    },
    async start(handlers, timetable) {
      for (const lane of laneNames()) {
        agenda.define(lane, runWith(handlers['publish-lane'], stopping.signal), LANE_LIMITS);
      }
      for (const job of Object.keys(timetable) as RecurringJobName[]) {
        agenda.define(job, runWith(handlers[job], stopping.signal), { concurrency: 1, lockLimit: 1 });
        await repeat(agenda, job, timetable[job]);
      }
      await agenda.start();
      const names = [...laneNames(), 'run-imports' satisfies JobName];
      const watch = { alarms, channel, log, names, everyMs: watchEveryMs };
      watching = watchAlarms(watch, stopping.signal);
    },
    freeLocks,
    async isHealthy() {
      const late = { nextRunAt: { $lt: new Date(Date.now() - LATE_MS) }, lockedAt: null };
      return (await alarms.findOne(late, { projection: { _id: 1 } })) === null;
    },
    async stop() {
      stopping.abort();
      await watching;
      if (!agenda.isActiveJobProcessor()) return;
      await agenda.stop(false);
      await running.ended(DRAIN_MS);
      await freeLocks([name]);
    },
  };
}

async function someAtOnce<Item>(items: readonly Item[], set: (item: Item) => Promise<void>): Promise<void> {
  for (let next = 0; next < items.length; next += SET_AT_ONCE) {
    await Promise.all(items.slice(next, next + SET_AT_ONCE).map(set));
  }
}

/** Agenda swallows what goes wrong unless somebody listens; a failed alarm would stay for ever. */
function listen(agenda: Agenda, log: Log): void {
  agenda.on('error', (error: Error) => log.error({ err: error }, 'queue failed'));
  agenda.on('fail', (error: Error, job: Job) => {
    log.error({ err: error, job: job.attrs.name }, 'job failed');
  });
  agenda.on('complete', (job: Job) => {
    if (!job.attrs.failReason || job.attrs.repeatInterval) return;
    job.remove().catch((error: Error) => log.error({ err: error }, 'alarm not removed'));
  });
}

/**
 * @NOTE Agenda's own `drain()` looks whether jobs still run before it has removed the last one, and then waits
 * for its time to run out; so running jobs are counted here.
 */
function watchRunning(agenda: Agenda) {
  let count = 0;
  agenda.on('start', () => {
    count += 1;
  });
  agenda.on('complete', () => {
    count -= 1;
  });
  return {
    async ended(withinMs: number): Promise<void> {
      const deadline = performance.now() + withinMs;
      while (count > 0 && performance.now() < deadline) await wait(LOOK_AGAIN_MS);
    },
  };
}

/** @NOTE Agenda waits for a callback when a processor declares two parameters: this one declares one. */
function runWith<Payload>(
  handler: (payload: Payload, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): (job: Job) => Promise<void> {
  return async (job) => handler(job.attrs.data as Payload, signal);
}

/**
 * @NOTE Agenda's own `every()` saves over the existing job, which clears its lock while it runs elsewhere.
 * So a recurring job is inserted once; a changed interval replaces it.
 */
async function repeat(agenda: Agenda, job: RecurringJobName, interval: string): Promise<void> {
  const { jobs } = await agenda.queryJobs({ name: job });
  if (jobs.some(({ repeatInterval }) => repeatInterval !== interval)) await agenda.cancel({ name: job });
  await insertOnce(agenda.create(job, {}).repeatEvery(interval), { repeatInterval: interval });
}

/** Inserts the job unless it is there. Two processes at the same moment: the unique index lets one of them win. */
async function insertOnce(job: Job<unknown>, unique: Record<string, unknown>): Promise<void> {
  try {
    await job.unique(unique, { insertOnly: true }).save();
  } catch (error) {
    if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
  }
}
