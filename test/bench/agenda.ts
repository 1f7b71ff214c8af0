import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { MongoClient } from 'mongodb';

const QUEUED = 20_000;
const LANES = 16;
const SECONDS = 10;

/** Lines about an Agenda with many jobs queued: how fast it works them off, and what one idle look costs. */
export async function measureAgenda(client: MongoClient, name: string): Promise<string[]> {
  const database = client.db(name);
  const jobs = database.collection('agendaJobs');
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: database as never }),
    processEvery: 1000,
    defaultConcurrency: 10,
    maxConcurrency: 100,
  });
  let done = 0;
  for (let lane = 0; lane < LANES; lane += 1)
    agenda.define(
      `lane-${lane}`,
      async () => {
        done += 1;
      },
      { concurrency: 10 },
    );
  await agenda.start();
  await agenda.stop();
  await jobs.createIndex({ name: 1, lockedAt: 1, nextRunAt: 1 });
  await jobs.insertMany(
    Array.from({ length: QUEUED }, (_, i) => ({
      name: `lane-${i % LANES}`,
      type: 'normal',
      priority: 0,
      data: {},
      nextRunAt: new Date(),
      lockedAt: null,
    })),
  );
  await agenda.start();
  const begins = performance.now();
  await new Promise((wake) => setTimeout(wake, SECONDS * 1000));
  const rate = done / ((performance.now() - begins) / 1000);
  const idle = await idlePoll(jobs);
  await agenda.stop();
  await database.dropDatabase();
  return [
    `${'agenda, jobs that do nothing'.padEnd(34)}${String(Math.round(rate)).padStart(8)}/s`,
    `${'agenda, one idle poll'.padEnd(34)}${idle.toFixed(2).padStart(8)} ms`,
  ];
}

/** What Agenda asks when nothing is due, with all jobs queued: the median in milliseconds. */
async function idlePoll(jobs: ReturnType<ReturnType<MongoClient['db']>['collection']>): Promise<number> {
  const long = new Date(0);
  const times: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    const begins = performance.now();
    await jobs.findOneAndUpdate(
      {
        name: `lane-${i % LANES}`,
        disabled: { $ne: true },
        $or: [{ lockedAt: null, nextRunAt: { $lte: long } }, { lockedAt: { $lte: long } }],
      },
      { $set: { lockedAt: new Date() } },
      { sort: { nextRunAt: 1, priority: -1 } },
    );
    times.push(performance.now() - begins);
  }
  return times.sort((a, b) => a - b)[100] ?? 0;
}
