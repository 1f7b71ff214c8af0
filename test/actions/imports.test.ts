import { expect } from 'chai';
import mongoose from 'mongoose';
import type { Member } from '../../server/domain/member.ts';
import { Answers } from '../../server/models/answer.ts';
import { ImportChunks } from '../../server/models/import-chunk.ts';
import { Narratives } from '../../server/models/narrative.ts';
import { aMember } from '../support/builders.ts';
import * as files from '../support/collections.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { imported } from '../support/importing.ts';

describe('Importing a file', () => {
  useDatabase();
  const context = testContext();
  let member: Member;
  beforeEach(async () => {
    member = await aMember('drafter');
  });

  const answers = () => Answers.find().sort({ 'source.key': 1 }).lean();

  it('of CONAN brings answers, the claims they answer, languages, strategies and standings', async () => {
    const { state, counts, format } = await imported(context, member, { content: files.CONAN_CSV });
    expect({ state, format }).to.deep.equal({ state: 'done', format: 'conan' });
    expect(counts).to.deep.equal({
      ...{ rows: 5, answers: 5, narratives: 4, known: 0, refused: 1, wrong: 0, noted: 0 },
    });
    const [first, paraphrase, french, translated, hostile] = await answers();
    expect(first).to.deep.include({
      text: 'Bakers say otherwise, and so do the figures.',
      language: 'en',
      strategies: ['facts', 'question'],
      standing: 'usable',
      source: { collection: 'CONAN', key: 'ENT1ST1HS1CN1', knowledge: '' },
    });
    expect(paraphrase).to.deep.include({ tags: ['paraphrase'], narrative: first?.narrative });
    expect(french).to.deep.include({ language: 'fr', strategies: ['humour'] });
    expect(french?.text).to.equal('Mon voisin salue tout l’immeuble, "même le chat".');
    expect(translated).to.deep.include({ language: 'en', tags: ['translation'] });
    expect(hostile).to.deep.include({ standing: 'refused', strategies: [] });
    const claim = await Narratives.findById(first?.narrative).lean();
    expect(claim).to.deep.include({
      claim: 'Newcomers eat all our bread.',
      severity: 3,
      tags: ['economics', 'wages', 'housing'],
      createdBy: member._id,
    });
  });

  it('of CONAN leaves nothing behind about those who wrote it', async () => {
    const { _id } = await imported(context, member, { content: files.CONAN_CSV });
    const left: string[] = [];
    for (const collection of await mongoose.connection.db!.collections()) {
      for (const document of await collection.find().toArray()) {
        // The names of all columns stay with the import, so that its page can say which were left out.
        const text = JSON.stringify(String(document._id) === _id ? { ...document, columns: [] } : document);
        for (const word of files.CONAN_PERSONAL) if (text.includes(word)) left.push(`${word}: ${text}`);
      }
    }
    expect(left).to.deep.equal([]);
    expect(await ImportChunks.countDocuments()).to.equal(0);
  });

  it('of Multitarget-CONAN brings the groups that a claim attacks', async () => {
    const { counts, format } = await imported(context, member, { content: files.MULTITARGET_JSON });
    expect(format).to.equal('multitarget-conan');
    expect(counts).to.include({ answers: 2, narratives: 2 });
    expect((await Narratives.find().lean()).map(({ targets }) => targets)).to.have.deep.members([
      ['TALL'],
      ['LEFT-HANDED'],
    ]);
    expect((await answers())[0]).to.deep.include({ language: 'en' });
  });

  it('of DIALOCONAN keeps who answers what, and where in which dialogue', async () => {
    const { counts, format } = await imported(context, member, { content: files.DIALOCONAN_JSON });
    expect(format).to.equal('dialoconan');
    expect(counts).to.include({ rows: 6, answers: 3, narratives: 3, wrong: 0 });
    const claims = new Map((await Narratives.find().lean()).map(({ _id, claim }) => [_id, claim]));
    const said = (await answers()).map((one) => [one.said, claims.get(one.narrative ?? '')]);
    expect(said).to.deep.equal([
      [{ dialogue: '7', turn: 1 }, 'Cyclists own the road now.'],
      [{ dialogue: '7', turn: 3 }, 'They never stop, see www[.]example[.]org/list today.'],
      [{ dialogue: '8', turn: 1 }, 'Readers are lazy.'],
    ]);
    expect((await imported(context, member, { content: files.DIALOCONAN_CSV })).counts).to.include({
      known: 2,
    });
  });

  it('of knowledge-grounded CONAN keeps what an answer rests on', async () => {
    const { counts, format } = await imported(context, member, { content: files.KNOWLEDGE_JSON });
    expect(format).to.equal('knowledge-conan');
    expect(counts).to.include({ answers: 2, narratives: 1 });
    const knowledge = (await answers()).map(({ source }) => source.knowledge);
    expect(knowledge).to.include('Rain fills the tanks.');
  });

  it('of our own columns takes everything that they can say', async () => {
    const { counts, format } = await imported(context, member, { name: 'house.csv', content: files.OWN_CSV });
    expect(format).to.equal('own');
    expect(counts).to.include({ rows: 2, answers: 2, narratives: 1, refused: 1, wrong: 0, noted: 0 });
    const [second, first] = await answers();
    expect(first).to.deep.include({
      text: 'You can call, "any" time.',
      tone: 'factual',
      tags: ['helpline', 'C00125'],
      source: { collection: 'Our own', key: 'a1', knowledge: 'A helpline answers at night.' },
    });
    expect(second).to.deep.include({ language: 'fr', standing: 'refused', narrative: null });
    expect(second?.source.collection).to.equal('house');
    expect(await Narratives.findById(first?.narrative).lean()).to.include({ severity: 4 });
  });

  for (const [name, content] of Object.entries(files).filter(([name]) => name !== 'CONAN_PERSONAL')) {
    it(`twice changes nothing: ${name}`, async () => {
      await imported(context, member, { content: content as string });
      const before = [await Answers.find().lean(), await Narratives.find().lean()];
      const again = await imported(context, await aMember('drafter'), { content: content as string });
      expect(again.counts).to.include({ answers: 0, narratives: 0, known: again.counts.rows });
      expect([await Answers.find().lean(), await Narratives.find().lean()]).to.deep.equal(before);
    });
  }
});
