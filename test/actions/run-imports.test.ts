import { expect } from 'chai';
import { trusted } from 'mongoose';
import { cancelImport } from '../../server/actions/cancel-import.ts';
import { checkImport } from '../../server/actions/check-import.ts';
import { rereadImport as readAnew } from '../../server/actions/reread-import.ts';
import { runImports } from '../../server/actions/run-imports.ts';
import { startImport } from '../../server/actions/start-import.ts';
import { undoImport } from '../../server/actions/undo-import.ts';
import type { Answer } from '../../server/domain/answer.ts';
import type { Member } from '../../server/domain/member.ts';
import { compareEntry } from '../../server/models/alike.ts';
import { Answers } from '../../server/models/answer.ts';
import { Imports } from '../../server/models/import.ts';
import { ImportBatches } from '../../server/models/import-batch.ts';
import { ImportChunks } from '../../server/models/import-chunk.ts';
import { Messages } from '../../server/models/message.ts';
import { Narratives } from '../../server/models/narrative.ts';
import { NearDuplicates } from '../../server/models/near-duplicate.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aMember, aMessage, aNarrative, anAnswer } from '../support/builders.ts';
import { CONAN_CSV } from '../support/collections.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { brought, checked, imported, manyRows, rereadImport } from '../support/importing.ts';

const ruleOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: { rule?: string; name: string }) => error.rule ?? error.name,
  );

describe('The run of an import', () => {
  useDatabase();
  const context = testContext();
  const signal = new AbortController().signal;
  let member: Member;
  beforeEach(async () => {
    member = await aMember('drafter');
  });

  const answers = () => Answers.find().sort({ 'source.key': 1 }).lean();

  it('says in a dry run what it would do, and does nothing', async () => {
    const content = `${CONAN_CSV}ENT1ST1HS1CN1,Newcomers eat all our bread.,Again.,,,,,,\r\nENT1ST1HS1CN9,x,=A1,,,,,,\r\n`;
    const { state, counts, _id } = await checked(context, member, { content });
    expect(state).to.equal('checked');
    expect(counts).to.deep.equal({
      ...{ rows: 7, answers: 5, narratives: 4, known: 1, refused: 1, wrong: 1, noted: 0 },
    });
    expect(await Answers.countDocuments()).to.equal(0);
    expect(await Narratives.countDocuments()).to.equal(0);
    const [batch] = await ImportBatches.find({ import: _id }).lean();
    expect(batch?.issues).to.deep.equal([
      { line: 8, entry: 7, name: 'formula', values: { column: 'counterSpeech' }, isError: true },
    ]);
  });

  it('uses a claim that somebody has described already, and changes nothing about it', async () => {
    const known = await aNarrative({ claim: 'newcomers eat ALL our bread', severity: 5 });
    await imported(context, member, { content: CONAN_CSV });
    const [first] = await answers();
    expect(first?.narrative).to.equal(known._id);
    expect(await Narratives.findById(known._id).lean()).to.deep.include({ severity: 5, tags: [] });
  });

  it('is one entry in the audit trail, with its counts', async () => {
    const { _id } = await imported(context, member, { content: CONAN_CSV });
    const events = await TrailEvents.find({ subject: 'import' }).lean();
    expect(events).to.have.length(1);
    expect(events[0]).to.deep.include({ verb: 'library imported', subjectId: _id, actor: member._id });
    expect(events[0]?.details).to.include({ answers: 5, format: 'conan' });
  });

  it('fails with the reason when the file cannot be read to its end, and may be read another way', async () => {
    const failed = await checked(context, member, { content: `${manyRows(500)}\n"open,2\n` });
    expect(failed.failure).to.deep.equal({ rule: 'import-quote-open', values: { line: 502 } });
    expect(await ruleOf(brought(context, member, { content: 'text\n"open' }))).to.equal('import-quote-open');
    expect(await ImportChunks.countDocuments({ import: trusted({ $ne: failed._id }) })).to.equal(0);
    expect(failed.state).to.equal('failed');
    const western = await brought(context, member, { content: Buffer.from('text\ncafé au lait', 'latin1') });
    expect(western.encoding).to.equal('windows-1252');
    await readAnew(context, member, { import: western._id, encoding: 'utf-8' }).catch(() => undefined);
    expect((await rereadImport(western._id)).encoding).to.equal('windows-1252');
  });

  it('refuses a mapping that makes no sense', async () => {
    const { _id, settings } = await brought(context, member, { content: CONAN_CSV });
    const check = (mapping: Record<string, string>, language = 'en') =>
      ruleOf(checkImport(context, member, { import: _id, settings: { ...settings, mapping, language } }));
    expect(await check({})).to.equal('import-text-needed');
    expect(await check({ text: 'nowhere' })).to.equal('import-column-unknown');
    expect(await check({ text: 'educationLevel' })).to.equal('import-column-unknown');
    expect(await check({ text: 'cn_id', claim: 'cn_id' })).to.equal('import-column-twice');
    const own = await brought(context, member, { content: 'text\nHello' });
    const without = { import: own._id, settings: { ...own.settings, language: '' } };
    expect(await ruleOf(checkImport(context, member, without))).to.equal('import-language-needed');
  });

  it('cannot be undone while a message begins from one of its answers', async () => {
    const { _id } = await imported(context, member, { content: CONAN_CSV });
    const [first] = await answers();
    const begunFrom = { kind: 'answer' as const, answer: first?._id ?? '', text: '' };
    await aMessage({ narrative: null, sources: [begunFrom] });
    expect(await ruleOf(undoImport(context, member, { import: _id }))).to.equal('import-in-use');
  });

  it('is undone together with what was found alike about its entries', async () => {
    const own = await anAnswer();
    const { _id } = await imported(context, member, { content: `text,language\n"${own.text} Call us.",en` });
    const [brought] = await Answers.find({ _id: trusted({ $ne: own._id }) }).lean();
    await compareEntry('answer', brought as Answer & { bands: number[] });
    expect(await NearDuplicates.countDocuments()).to.equal(1);
    await undoImport(context, member, { import: _id });
    await runImports(context, signal);
    expect(await NearDuplicates.countDocuments()).to.equal(0);
  });

  it('keeps the record of its run when it is started twice at once', async () => {
    const { _id } = await checked(context, member, { content: manyRows(120) });
    const start = () => startImport(context, member, { import: _id }).catch(() => undefined);
    await Promise.all([start(), start().then(() => runImports(context, signal))]);
    await runImports(context, signal);
    expect((await rereadImport(_id)).counts.answers).to.equal(120);
    const recorded = await ImportBatches.find({ import: _id }).lean();
    expect(recorded.flatMap((batch) => batch.answers)).to.have.length(120);
  });

  it('can be undone while nobody has built on it', async () => {
    const kept = await aNarrative();
    const { _id } = await imported(context, member, { content: CONAN_CSV });
    const [first] = await answers();
    const message = await aMessage({ narrative: first?.narrative ?? null });
    expect(await ruleOf(undoImport(context, member, { import: _id }))).to.equal('import-in-use');
    await Messages.deleteOne({ _id: message._id });
    await undoImport(context, member, { import: _id });
    await runImports(context, signal);
    expect((await rereadImport(_id)).state).to.equal('undone');
    expect(await Answers.countDocuments()).to.equal(0);
    expect((await Narratives.find().lean()).map((one) => one._id)).to.deep.equal([kept._id]);
    const again = await imported(context, member, { content: CONAN_CSV });
    expect(again.counts).to.include({ answers: 5, narratives: 4 });
  });

  it('cannot be undone once somebody has changed an entry of it', async () => {
    const { _id } = await imported(context, member, { content: CONAN_CSV });
    const changed = await Narratives.findOne();
    await changed?.set({ severity: 1 }).save();
    expect(await ruleOf(undoImport(context, member, { import: _id }))).to.equal('import-in-use');
  });

  /** Runs until one batch is on record, as a process that is told to stop does. */
  const runOneBatch = async () => {
    const stopping = new AbortController();
    const working = runImports(context, stopping.signal);
    stopping.abort();
    await working;
  };

  it('goes on where it stood when the process is told to stop, and counts the same', async () => {
    const { _id } = await checked(context, member, { content: manyRows(450) });
    await startImport(context, member, { import: _id });
    let runs = 0;
    for (; (await rereadImport(_id)).state === 'importing'; runs += 1) await runOneBatch();
    expect(runs).to.equal(6);
    expect((await rereadImport(_id)).counts).to.include({
      rows: 450,
      answers: 450,
      narratives: 150,
      known: 0,
    });
    expect(await Answers.countDocuments()).to.equal(450);
  });

  it('counts as its own what a batch had added before it was cut off', async () => {
    const { _id } = await checked(context, member, { content: manyRows(250) });
    await startImport(context, member, { import: _id });
    await runOneBatch();
    await ImportBatches.deleteMany({ import: _id });
    expect(await Answers.countDocuments()).to.equal(100);
    await runImports(context, signal);
    expect((await rereadImport(_id)).counts).to.include({
      rows: 250,
      answers: 250,
      narratives: 84,
      known: 0,
    });
    expect(await Answers.countDocuments()).to.equal(250);
  });

  it('is left to the worker that has it, until that one is silent for too long', async () => {
    const { _id } = await checked(context, member, { content: manyRows(10) });
    await startImport(context, member, { import: _id });
    const claimedUntil = new Date(context.clock.now().getTime() + 10_000);
    await Imports.updateOne({ _id }, { $set: { claimedBy: 'another', claimedUntil } });
    await runImports(context, signal);
    expect((await rereadImport(_id)).state).to.equal('importing');
    context.clock.advance(1);
    await runImports(context, signal);
    expect((await rereadImport(_id)).state).to.equal('done');
  });

  it('holds up no other when it breaks', async () => {
    const broken = await checked(context, member, { content: manyRows(3) });
    await startImport(context, member, { import: broken._id });
    await Imports.collection.updateOne({ _id: broken._id as never }, { $set: { 'settings.mapping': null } });
    const { _id } = await checked(context, member, { content: CONAN_CSV });
    await startImport(context, member, { import: _id });
    await runImports(context, signal);
    expect((await rereadImport(broken._id)).state).to.equal('importing');
    expect((await rereadImport(_id)).state).to.equal('done');
  });

  it('stops when it is cancelled, keeps what it added, forgets the file, and can be undone', async () => {
    const { _id } = await checked(context, member, { content: manyRows(450) });
    await startImport(context, member, { import: _id });
    await runOneBatch();
    await cancelImport(context, member, { import: _id });
    await runImports(context, signal);
    expect(await rereadImport(_id)).to.deep.include({ state: 'cancelled' });
    expect(await Answers.countDocuments()).to.equal(100);
    expect(await TrailEvents.countDocuments({ subject: 'import' })).to.equal(1);
    expect(await ImportChunks.countDocuments({ import: _id })).to.equal(0);
    expect(await ruleOf(startImport(context, member, { import: _id }))).to.equal('import-step');
    await undoImport(context, member, { import: _id });
    await runImports(context, signal);
    expect(await Answers.countDocuments()).to.equal(0);
  });

  it('is for those who may edit the library', async () => {
    const reader = await aMember('reviewer');
    expect(await ruleOf(brought(context, reader, { content: 'text\nx' }))).to.equal('Forbidden');
    const { _id } = await brought(context, member, { content: 'text\nx' });
    for (const act of [startImport, cancelImport, undoImport])
      expect(await ruleOf(act(context, reader, { import: _id }))).to.equal('Forbidden');
  });
});
