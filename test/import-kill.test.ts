import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { runImports } from '../server/actions/run-imports.ts';
import { startImport } from '../server/actions/start-import.ts';
import { connectDatabase } from '../server/database/connect.ts';
import { Answers } from '../server/models/answer.ts';
import { ImportBatches } from '../server/models/import-batch.ts';
import { Narratives } from '../server/models/narrative.ts';
import { TrailEvents } from '../server/models/trail.ts';
import { aMember } from './support/builders.ts';
import { runnable } from './support/bundle.ts';
import { testContext } from './support/context.ts';
import { freshDatabaseUri } from './support/database.ts';
import { checked, imported, manyRows, rereadImport } from './support/importing.ts';
import { until } from './support/until.ts';

const ROWS = 1_500;

describe('An import', function suite() {
  this.timeout(120_000);
  const context = testContext();
  const signal = new AbortController().signal;
  let uri: string;

  before(async () => {
    uri = await freshDatabaseUri();
    await connectDatabase(uri);
  });
  after(async () => {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  });

  const worker = async (): Promise<ChildProcess> => {
    const { execArgv, path } = await runnable('test/support/import-worker.ts');
    return spawn(process.execPath, [...execArgv, path, uri], { stdio: ['ignore', 'ignore', 'inherit'] });
  };

  it('whose workers are killed again and again adds every row once and counts right', async () => {
    const member = await aMember('drafter');
    const { _id } = await checked(context, member, { content: manyRows(ROWS) });
    await startImport(context, member, { import: _id });
    for (const batches of [2, 6, 10]) {
      const running = await worker();
      const gone = once(running, 'exit');
      const enough = async () => (await ImportBatches.countDocuments({ import: _id })) >= batches;
      await until(enough, { timeoutMs: 60_000, what: 'enough batches' });
      running.kill('SIGKILL');
      await gone;
      expect((await rereadImport(_id)).state).to.equal('importing');
      // What the dead worker holds is free again once it has been silent for its lease.
      await mongoose.models.Import?.updateOne({ _id }, { $set: { claimedUntil: context.clock.now() } });
    }
    await runImports(context, signal);
    const { state, counts } = await rereadImport(_id);
    expect(state).to.equal('done');
    const expected = { rows: ROWS, answers: ROWS, narratives: ROWS / 3, known: 0, wrong: 0 };
    expect(counts).to.include(expected);
    expect(await Answers.countDocuments()).to.equal(ROWS);
    expect(await Narratives.countDocuments()).to.equal(ROWS / 3);
    expect(await TrailEvents.countDocuments({ subject: 'import' })).to.equal(1);

    const again = await imported(context, member, { content: manyRows(ROWS) });
    expect(again.counts).to.include({ answers: 0, narratives: 0, known: ROWS });
    expect(await Answers.countDocuments()).to.equal(ROWS);
  });
});
