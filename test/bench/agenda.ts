import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { TIMETABLE } from '../../jobs/timetable.ts';
import { openLog } from '../../server/log.ts';
import { type Handlers, openQueue } from '../../server/queue.ts';
import { type Figure, print, printTime, processorTime } from './measure.ts';

const QUEUED = 20_000;
const LANES = 16;
const SECONDS = 10;
/** A lane locks 16 alarms a look: at the two seconds of every day, Agenda itself would be what is measured. */
const LOOK_EVERY_MS = 100;
const LOOKS = 400;

type Alarms = mongoose.mongo.Collection;

/** Prints how fast the project's own queue works off many alarms, and what a look costs when nothing is due. */
export async function measureAgenda(uri: string, dbName: string, ceiling: Figure): Promise<void> {
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  const database = connection.db as mongoose.mongo.Db;
  const alarms = database.collection('alarms');
  const log = openLog({ logLevel: 'silent' });
  const queue = await openQueue({ log, connection, processEveryMs: LOOK_EVERY_MS });
  await alarms.insertMany(Array.from({ length: QUEUED }, (_, i) => alarm(i)));
  printTime('one look of Agenda, none due', await idleLook(alarms));

  let done = 0;
  const names = Object.keys(TIMETABLE);
  const idle = Object.fromEntries(names.map((job) => [job, async () => undefined]));
  const count = async () => {
    done += 1;
  };
  const handlers = { ...idle, 'publish-lane': count } as unknown as Handlers;
  await queue.start(handlers, TIMETABLE);
  const begins = performance.now();
  const before = { done, time: await processorTime(database) };
  while (performance.now() - begins < SECONDS * 1000 && done < QUEUED) await wait(50);
  const jobs = done - before.done;
  const rate = jobs / ((performance.now() - begins) / 1000);
  const time = ((await processorTime(database)) ?? Number.NaN) - (before.time ?? Number.NaN);
  print('agenda, jobs that do nothing', { rate, serverMicroseconds: time / jobs }, ceiling);
  await queue.stop();
  await connection.dropDatabase();
  await connection.close();
}

/** As the queue writes it, due at once. */
function alarm(i: number) {
  const [lane, dueSecond] = [i % LANES, 1_700_000_000 + i];
  return {
    ...{ name: laneName(lane), type: 'normal', priority: 0, data: { lane, dueSecond } },
    ...{ nextRunAt: new Date(dueSecond * 1000), lockedAt: null, lastRunAt: null, lastFinishedAt: null },
    ...{ failedAt: null, failCount: null, failReason: null, repeatInterval: null, repeatTimezone: null },
    ...{ repeatAt: null, disabled: null, progress: null, debounceStartedAt: null, fork: null },
    ...{ startDate: null, endDate: null, skipDays: null, lastModifiedBy: null },
  };
}

const laneName = (lane: number) => `publish-${String(lane).padStart(2, '0')}`;

/** The median in milliseconds of what Agenda asks for one lane, at a moment when none of its alarms is due. */
async function idleLook(alarms: Alarms): Promise<number> {
  const longAgo = new Date(1_600_000_000_000);
  const times: number[] = [];
  for (let i = 0; i < LOOKS; i += 1) {
    const begins = performance.now();
    await alarms.findOneAndUpdate(
      {
        name: laneName(i % LANES),
        disabled: { $ne: true },
        $or: [{ lockedAt: { $eq: null }, nextRunAt: { $lte: longAgo } }, { lockedAt: { $lte: longAgo } }],
      },
      { $set: { lockedAt: new Date(), lastModifiedBy: 'bench' } },
      { sort: { nextRunAt: 1, priority: -1 }, returnDocument: 'after' },
    );
    times.push(performance.now() - begins);
  }
  return times.sort((a, b) => a - b)[LOOKS / 2] ?? Number.NaN;
}
