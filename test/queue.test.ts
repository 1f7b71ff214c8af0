import { expect } from 'chai';
import mongoose from 'mongoose';
import { openLog } from '../server/log.ts';
import { type Handlers, openQueue, type Queue } from '../server/queue.ts';
import { useDatabase } from './support/database.ts';
import { until } from './support/until.ts';

const TIMETABLE = {
  'sweep-deliveries': '1 hour',
  'measure-deliveries': '1 hour',
  'continue-withdrawals': '1 hour',
  'expire-reply-texts': '1 hour',
  'write-trail-head': '1 day',
  'keep-access': '1 hour',
  'index-library': '1 hour',
  'run-imports': '1 hour',
} as const;
const log = openLog({ logLevel: 'silent' });

describe('the queue', () => {
  useDatabase();
  const opened: Queue[] = [];
  beforeEach(() => mongoose.connection.db!.collection('alarms').deleteMany({}));
  afterEach(() => Promise.all(opened.splice(0).map((queue) => queue.stop())));

  const open = async ({ processEveryMs = 50 } = {}) => {
    const queue = await openQueue({
      log,
      connection: mongoose.connection,
      processEveryMs,
      lockLifetimeMs: 5_000,
    });
    opened.push(queue);
    return queue;
  };
  const alarms = () =>
    mongoose.connection.db!.collection('alarms').countDocuments({ name: { $regex: '^publish-' } });
  const recording = (woken: number[]): Handlers => ({
    'publish-lane': async ({ lane }) => void woken.push(lane),
    'sweep-deliveries': async () => undefined,
    'measure-deliveries': async () => undefined,
    'continue-withdrawals': async () => undefined,
    'expire-reply-texts': async () => undefined,
    'write-trail-head': async () => undefined,
    'keep-access': async () => undefined,
    'index-library': async () => undefined,
    'run-imports': async () => undefined,
  });
  const inMs = (milliseconds: number) => new Date(Date.now() + milliseconds);

  const notDates = [
    '',
    'garbage',
    undefined,
    null,
    0,
    Number.NaN,
    new Date(Number.NaN),
    new Date(0),
    '2014-10-14',
  ];
  for (const notADate of notDates) {
    it(`sets no alarm for ${String(notADate) || 'an empty text'}`, async () => {
      const queue = await open();
      const error = await queue.wakeLane(1, notADate as Date).catch((thrown: Error) => thrown);
      expect(error).to.be.instanceOf(Error);
      expect(await alarms()).to.equal(0);
    });
  }

  it('knows no lane beyond the sixteen', async () => {
    const queue = await open();
    for (const lane of [-1, 16, 1.5, Number.NaN]) {
      expect(await queue.wakeLane(lane, inMs(0)).catch((thrown: Error) => thrown)).to.be.instanceOf(
        RangeError,
      );
    }
  });

  it('takes the same alarm twice for one, also from two processes at once', async () => {
    const [one, other] = [await open(), await open()];
    const at = inMs(60_000);
    await Promise.all([one.wakeLane(3, at), other.wakeLane(3, at), one.wakeLane(3, at)]);
    await one.wakeLanes([
      { lane: 3, at },
      { lane: 4, at },
    ]);
    expect(await alarms()).to.equal(2);
  });

  it('wakes a lane at once for what is due, and leaves no alarm behind', async () => {
    const woken: number[] = [];
    const queue = await open();
    await queue.start(recording(woken), TIMETABLE);
    await queue.wakeLane(5, inMs(-10));
    await until(() => woken.length === 1);
    await until(async () => (await alarms()) === 0);
    expect(woken).to.deep.equal([5]);
  });

  it('wakes a lane that was asleep when its alarm was set by another process', async () => {
    const woken: number[] = [];
    const setter = await open();
    await setter.wakeLane(7, inMs(200));
    const runner = await open();
    await runner.start(recording(woken), TIMETABLE);
    await until(() => woken.length > 0);
    expect(woken).to.deep.equal([7]);
  });

  it('hears of an alarm for now that another process set, long before it looks for jobs again', async () => {
    const woken: number[] = [];
    const [setter, runner] = [await open(), await open({ processEveryMs: 3_600_000 })];
    await runner.start(recording(woken), TIMETABLE);
    for (const lane of [7, 8]) {
      await setter.wakeLane(lane, inMs(-1));
      await until(() => woken.at(-1) === lane);
    }
    await until(async () => (await alarms()) === 0);
    expect(woken).to.deep.equal([7, 8]);
  });

  it('sets a new alarm while the one of the same second is already running', async () => {
    const woken: number[] = [];
    const queue = await open();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handlers = recording(woken);
    await queue.start(
      {
        ...handlers,
        'publish-lane': async ({ lane }) => {
          woken.push(lane);
          await released;
        },
      },
      TIMETABLE,
    );
    await queue.wakeLane(2, inMs(-1));
    await until(() => woken.length === 1);
    await queue.wakeLane(2, inMs(-1));
    await until(() => woken.length === 2);
    release();
  });

  it('runs again what a dead process had locked, once its locks are freed', async () => {
    const woken: number[] = [];
    const queue = await open();
    await queue.wakeLane(9, inMs(-1));
    await mongoose.connection
      .db!.collection('alarms')
      .updateMany({}, { $set: { lockedAt: new Date(), lastModifiedBy: 'dead', nextRunAt: null } });
    await queue.freeLocks(['dead']);
    await queue.start(recording(woken), TIMETABLE);
    await until(() => woken.length === 1);
  });

  it('keeps a failed alarm from staying, and says that it is healthy', async () => {
    const queue = await open();
    const handlers = recording([]);
    await queue.start({ ...handlers, 'publish-lane': () => Promise.reject(new Error('boom')) }, TIMETABLE);
    await queue.wakeLane(1, inMs(-1));
    await until(async () => (await alarms()) === 0);
    expect(await queue.isHealthy()).to.equal(true);
  });

  it('keeps one of each recurring job, whoever starts, and takes a changed interval over', async () => {
    const idle = { processEveryMs: 3_600_000 };
    const [one, other] = [await open(idle), await open(idle)];
    await Promise.all([one.start(recording([]), TIMETABLE), other.start(recording([]), TIMETABLE)]);
    const third = await open(idle);
    await third.start(recording([]), { ...TIMETABLE, 'sweep-deliveries': '2 hours' });
    const recurring = await mongoose.connection
      .db!.collection('alarms')
      .find({ name: 'sweep-deliveries' })
      .toArray();
    expect(recurring.map(({ repeatInterval }) => repeatInterval)).to.deep.equal(['2 hours']);
  });
});
