import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'bson';
import { expect } from 'chai';
import { compileFilter, Engine, emptyReport, take } from '../../server/database/embedded/engine.ts';
import type { Collection } from '../../server/database/embedded/storage/catalog.ts';

const LANES = 4;
const JOBS = 400;
const due = new Date('2026-11-24T10:00:00Z');
const early = new Date('2026-11-24T09:00:00Z');

describe('The planner with a queue of jobs', () => {
  let directory: string;
  let engine: Engine;
  let jobs: Collection;

  before('queue the jobs', async () => {
    directory = mkdtempSync(join(tmpdir(), 'rejoinder-planner-'));
    engine = new Engine(directory);
    await engine.write(() => {
      jobs = engine.ensure('test', 'jobs');
      const bySort = { name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 };
      const byLock = { name: 1, lockedAt: 1, nextRunAt: 1, priority: -1 };
      for (const [name, key] of Object.entries({ bySort, byLock }))
        jobs.indexes.push(engine.catalog.newIndex({ v: 2, key, name }, true));
      for (let _id = 0; _id < JOBS; _id += 1) {
        const job = { _id, name: `lane-${_id % LANES}`, priority: 0, nextRunAt: due, lockedAt: null };
        engine.records.insert(jobs, Buffer.from(serialize(job)), job);
      }
    });
  });
  after(async () => {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** What a worker asks on each poll of one lane. */
  async function poll(now: Date) {
    const report = emptyReport();
    const free = { lockedAt: null, nextRunAt: { $lte: now } };
    const $or = [free, { lockedAt: { $lte: early } }];
    const filter = compileFilter({ name: 'lane-1', disabled: { $ne: true }, $or });
    const sort = [
      { path: 'nextRunAt', parts: ['nextRunAt'], direction: 1 as const },
      { path: 'priority', parts: ['priority'], direction: -1 as const },
    ];
    let found = 0;
    await take(engine.search({ collection: jobs, filter, sort, limit: 1 }, report), () => {
      found += 1;
      return false;
    });
    return { found, keys: report.effort.keys };
  }

  it('reads next to nothing when no job is due', async () => {
    await poll(early);
    expect(await poll(early)).to.deep.equal({ found: 0, keys: 0 });
  });

  it('takes the first due job through the lock, in order, however many are due', async () => {
    const bySort = jobs.indexes.findIndex(({ name }) => name === 'bySort');
    const [removed] = jobs.indexes.splice(bySort, 1);
    await poll(due);
    const { found, keys } = await poll(due);
    expect(found).to.equal(1);
    expect(keys).to.be.at.most(16);
    if (removed) jobs.indexes.push(removed);
  });

  it('finds the first due job without reading the others, and goes back to idling cheaply', async () => {
    await poll(due);
    const { found, keys } = await poll(due);
    expect(found).to.equal(1);
    expect(keys).to.be.at.most(JOBS / LANES);
    await poll(early);
    expect((await poll(early)).keys).to.equal(0);
  });

  it('reads no document that is only passed by, as those before a page and those that are counted', async () => {
    const filter = compileFilter({ name: 'lane-1' });
    const sort = [{ path: 'nextRunAt', parts: ['nextRunAt'], direction: 1 as const }];
    const lastOf = async (limit: number) => {
      const report = emptyReport();
      const asked = { collection: jobs, filter, sort, limit };
      let passed = 0;
      let last: unknown;
      await take(engine.search(asked, report), (match) => {
        passed += 1;
        if (passed === limit) last = match.document._id;
        return passed < limit;
      });
      return { last, documents: report.effort.documents };
    };
    // The plans race once; from then on the winner goes alone.
    await lastOf(90);
    expect(await lastOf(90)).to.deep.equal({ last: 89 * LANES + 1, documents: 1 });
  });
});
