import { expect } from 'chai';
import { checkImport } from '../../server/actions/check-import.ts';
import { mergeAnswers } from '../../server/actions/merge-answers.ts';
import { mergeNarratives } from '../../server/actions/merge-narratives.ts';
import { runImports } from '../../server/actions/run-imports.ts';
import { startImport } from '../../server/actions/start-import.ts';
import type { Member } from '../../server/domain/member.ts';
import { Answers } from '../../server/models/answer.ts';
import { Imports } from '../../server/models/import.ts';
import { Narratives } from '../../server/models/narrative.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { checked, imported, manyRows, rereadImport } from '../support/importing.ts';

describe('An import that runs again', () => {
  useDatabase();
  const context = testContext();
  const signal = new AbortController().signal;
  let member: Member;
  beforeEach(async () => {
    member = await aMember('drafter');
  });

  /** What the rounds of the job do that come after the lease has run out. */
  const runAgain = async (times: number) => {
    for (let round = 0; round < times; round += 1) {
      context.clock.advance(20_000);
      await runImports(context, signal);
    }
  };

  it('fails with what to do when it breaks every time, and may be checked again', async () => {
    const { _id, settings } = await checked(context, member, { content: manyRows(150) });
    await startImport(context, member, { import: _id });
    const stopping = new AbortController();
    const working = runImports(context, stopping.signal);
    stopping.abort();
    await working;
    const mapping = 'settings.mapping';
    await Imports.collection.updateOne({ _id: _id as never }, { $set: { [mapping]: null } });
    await runAgain(4);
    expect((await rereadImport(_id)).state).to.equal('importing');
    await runAgain(1);
    const { state, failure, counts } = await rereadImport(_id);
    expect({ state, failure }).to.deep.equal({
      state: 'failed',
      failure: { rule: 'import-keeps-breaking', values: { attempts: 5, row: 100 } },
    });
    expect(counts.answers, 'what it added is told').to.equal(100);
    await checkImport(context, member, { import: _id, settings: { ...settings, language: 'en' } });
    await runAgain(1);
    expect(await rereadImport(_id)).to.deep.include({ state: 'checked', failure: null });
  });

  it('fails when whoever takes it up dies of it every time', async () => {
    const { _id } = await checked(context, member, { content: manyRows(3) });
    await startImport(context, member, { import: _id });
    await Imports.updateOne({ _id }, { $set: { attempts: 5 } });
    await runAgain(1);
    expect(await rereadImport(_id)).to.deep.include({ state: 'failed' });
    expect(await Answers.countDocuments()).to.equal(0);
  });

  it('adds nothing when it comes again after a merge of what it brought', async () => {
    const rows = ['Call us when you like.', 'Call us when you like!!', 'Do call us when you like.'];
    const claims = ['They took our jobs.', 'They took our jobs, all of them.', ''];
    const content = ['text,claim', ...rows.map((text, row) => `${text},"${claims[row]}"`)].join('\n');
    await imported(context, member, { content });
    const [first, second] = await Narratives.find().sort({ claim: 1 }).lean();
    const into = first?._id ?? '';
    await mergeNarratives(context, member, { into, others: [second?._id ?? ''] });
    const [kept, ...others] = await Answers.find().sort({ narrative: 1 }).lean();
    await mergeAnswers(context, member, { into: kept?._id ?? '', others: others.map(({ _id }) => _id) });
    expect(await Answers.countDocuments()).to.equal(1);

    const { counts } = await imported(context, member, { content });
    expect(counts).to.include({ rows: 3, answers: 0, narratives: 0, known: 3 });
    expect([await Answers.countDocuments(), await Narratives.countDocuments()]).to.deep.equal([1, 1]);
  });
});
