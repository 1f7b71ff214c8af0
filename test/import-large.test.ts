import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { runImports } from '../server/actions/run-imports.ts';
import { startImport } from '../server/actions/start-import.ts';
import { MOST_IMPORT_ISSUES } from '../server/domain/import.ts';
import { ImportBatches } from '../server/models/import-batch.ts';
import { aMember } from './support/builders.ts';
import { testContext } from './support/context.ts';
import { useDatabase } from './support/database.ts';
import { checked, manyRows, rereadImport } from './support/importing.ts';

const ROWS = 15_000;
/** Of this process's own work between two turns of others; a page that waits much longer feels stuck. */
const LONGEST_TURN_MS = 60;

/** How much this process worked between two turns of somebody else, in milliseconds of CPU, the least first. */
async function turnsDuring(work: Promise<unknown>): Promise<number[]> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const turns: number[] = [];
  while (!isOver) {
    const before = process.cpuUsage();
    await wait(1);
    const { user, system } = process.cpuUsage(before);
    turns.push((user + system) / 1000);
  }
  await over;
  return turns.sort((a, b) => a - b);
}

describe('A file of 15,000 rows', function suite() {
  this.timeout(180_000);
  useDatabase();
  const context = testContext();

  it('is read from beginning to end, and leaves everybody else their turns', async () => {
    const member = await aMember('drafter');
    const checking = checked(context, member, { content: manyRows(ROWS) });
    const turns = await turnsDuring(checking);
    const { _id, counts, state } = await checking;
    expect(state).to.equal('checked');
    expect(counts).to.include({ rows: ROWS, answers: ROWS, narratives: ROWS / 3, wrong: 0 });
    expect(turns.length).to.be.greaterThan(ROWS / 100);
    expect(turns[Math.floor(turns.length * 0.99)]).to.be.below(LONGEST_TURN_MS);
    const stopping = new AbortController();
    await startImport(context, member, { import: _id });
    const working = runImports(context, stopping.signal);
    stopping.abort();
    await working;
    expect((await rereadImport(_id)).counts).to.include({ rows: 100, answers: 100 });
  });

  it('with as many mistakes keeps the first thousands of sentences, and counts all', async () => {
    const member = await aMember('drafter');
    const content = `text,key\n${'=A1,x\n'.repeat(MOST_IMPORT_ISSUES + 700)}`;
    const { _id, counts } = await checked(context, member, { content });
    expect(counts.wrong).to.equal(MOST_IMPORT_ISSUES + 700);
    const kept = await ImportBatches.find({ import: _id }).lean();
    expect(kept.flatMap(({ issues }) => issues)).to.have.length(MOST_IMPORT_ISSUES);
  });
});
