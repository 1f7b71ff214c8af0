import { expect } from 'chai';
import mongoose from 'mongoose';
import { connectDatabase } from '../../server/database/connect.ts';
import { Answers, answerWithDerived } from '../../server/models/answer.ts';
import { newId } from '../../server/models/document.ts';
import { type AnswerFilter, listAnswers, listCollections } from '../../server/queries/answers.ts';
import { listAssets } from '../../server/queries/assets.ts';
import { listMessages } from '../../server/queries/messages.ts';
import { listMessengers } from '../../server/queries/messengers.ts';
import { listNarratives } from '../../server/queries/narratives.ts';
import { searchEverything } from '../../server/queries/search-everything.ts';
import { listSegments } from '../../server/queries/segments.ts';
import {
  aCampaign,
  aMessage,
  aMessenger,
  aNarrative,
  anAnswer,
  anAsset,
  aSegment,
} from '../support/builders.ts';
import { freshDatabaseUri } from '../support/database.ts';
import { fillShelf, rareWord } from '../support/library-shelf.ts';

const SHELF = 2_000;
const nothingAsked: AnswerFilter = {
  ...{ q: '', language: null, strategy: null, tone: null, standing: null },
  ...{ narrative: null, collection: '', tag: '', page: 1 },
};
const answers = (asked: Partial<AnswerFilter>) => listAnswers({ ...nothingAsked, ...asked });
const noun = { q: '', tag: '', page: 1 };

describe('Searching the library', function suite() {
  this.timeout(60_000);
  let texts: { text: string; language: string; standing: string; tags: string[] }[];

  before('fill a shelf in three languages', async () => {
    await connectDatabase(await freshDatabaseUri());
    await fillShelf({ answers: SHELF, narratives: 30 });
    texts = await Answers.find().select('text language standing tags').lean();
  });
  after('drop the database', async () => {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  });

  const counted = (holds: (text: string) => boolean) => texts.filter(({ text }) => holds(text)).length;

  it('finds one entry among thousands by a word of its own', async () => {
    const { items, total } = await answers({ q: rareWord(1_234) });
    expect(total).to.equal(1);
    expect(items[0]?.text).to.include(rareWord(1_234));
  });

  it('wants every word, in any order', async () => {
    const { total, items } = await answers({ q: 'winter helpline coach' });
    const isHit = (text: string) => ['winter', 'helpline', 'coach'].every((word) => text.includes(word));
    expect(total).to.equal(counted(isHit)).and.to.be.greaterThan(0);
    expect(items.every(({ text }) => isHit(text))).to.equal(true);
  });

  it('takes the last word for a beginning, and only the last', async () => {
    const { total } = await answers({ q: 'winter helpl' });
    expect(total).to.equal(counted((text) => text.includes('winter') && text.includes('helpline')));
    expect((await answers({ q: 'helpl winter' })).total).to.equal(0);
  });

  it('finds French without its accents and with them', async () => {
    const bare = await answers({ q: 'mere hiver' });
    expect(bare.total).to.equal(counted((text) => text.includes('mère') && text.includes('hiver')));
    expect(bare.total).to.be.greaterThan(0);
    expect((await answers({ q: 'MÈRE hiver' })).total).to.equal(bare.total);
  });

  it('finds Arabic without its vowel signs, in any spelling of alef, with and without the article', async () => {
    const bare = await answers({ q: 'اسره' });
    expect(bare.total)
      .to.equal(counted((text) => text.includes('الأُسرة')))
      .and.to.be.greaterThan(0);
    expect((await answers({ q: 'الأسرة' })).total).to.equal(bare.total);
    expect((await answers({ q: 'أسر' })).total).to.equal(bare.total);
  });

  it('combines words with every filter', async () => {
    const found = await answers({ q: 'brother', language: 'en', standing: 'usable', tag: 'family' });
    const expected = texts.filter(
      ({ text, language, standing, tags }) =>
        /brother/i.test(text) && language === 'en' && standing === 'usable' && tags.includes('family'),
    );
    expect(found.total).to.equal(expected.length).and.to.be.greaterThan(0);
    expect((await answers({ q: 'mother', collection: 'Elsewhere' })).total).to.equal(0);
    const manner = await answers({ strategy: 'facts', tone: 'empathic', collection: 'Shelf' });
    expect(manner.items.length).to.be.greaterThan(0);
    expect(
      manner.items.every(({ strategies, tone }) => strategies.includes('facts') && tone === 'empathic'),
    ).to.equal(true);
  });

  it('says “more than” instead of counting on, and still turns the pages', async () => {
    const first = await answers({ language: 'en' });
    expect(first).to.include({ total: 500, isMore: true });
    const far = await answers({ language: 'en', page: 13 });
    expect(far.items.length).to.equal(50);
    expect((await answers({})).total).to.equal(SHELF);
  });

  it('finds nothing for words that nobody wrote, and for none at all', async () => {
    expect((await answers({ q: 'zeppelin' })).total).to.equal(0);
    expect((await answers({ q: 'mother zeppelin' })).total).to.equal(0);
    expect((await answers({ q: '… !' })).total).to.equal(0);
  });

  it('takes what looks like a pattern or an operator for what it is', async () => {
    for (const q of ['.*', '$where', '{"$gt":""}', '(', '\\']) {
      expect((await answers({ q })).items, q).to.deep.equal([]);
    }
  });

  it('finds whole words of what an import has just brought, before their beginnings are learnt', async () => {
    const brought = answerWithDerived({
      ...{ text: 'Quinces ripen at home', language: 'en', narrative: null, strategies: [], tone: null },
      ...{ standing: 'usable' as const, source: { collection: 'Shelf', key: 'raw', knowledge: '' } },
      ...{ said: null, tags: [], createdBy: newId(), isDemo: false },
    });
    await Answers.collection.insertOne({ ...brought, _id: newId() } as never);
    expect((await answers({ q: 'quinces' })).total).to.equal(1);
    expect((await answers({ q: 'home quinces' })).total).to.equal(1);
    await Answers.deleteOne({ 'source.key': 'raw' });
  });

  it('finds a frequent single letter as the beginning of very many words', async () => {
    const { items, isMore } = await answers({ q: 'm' });
    expect(isMore).to.equal(true);
    expect(items.length).to.equal(50);
  });

  it('leaves out of every row what only the search needs', async () => {
    const { items } = await answers({});
    expect(items[0]).not.to.have.any.keys('terms', 'bands');
  });

  it('knows the collections that answers come from', async () => {
    await anAnswer({ source: { collection: 'Another', key: '', knowledge: '' } });
    expect(await listCollections()).to.deep.equal(['Another', 'Shelf']);
  });

  it('covers narratives, segments, messengers and messages by their own filters', async () => {
    const narrative = await aNarrative({
      claim: 'Nobody waits for you zanzibar',
      targets: ['women'],
      tags: ['family'],
    });
    await aSegment({ name: 'Zanzibar parents', tags: ['family'] });
    await aMessenger({ name: 'Zanzibar choir', tags: ['music'] });
    const campaign = await aCampaign({ title: 'Zanzibar evenings' });
    await aMessage({
      title: 'Zanzibar calls',
      narrative: narrative._id,
      campaign: campaign._id,
      tags: ['C00211'],
    });

    const severe = { q: 'zanzibar', page: 1, appeal: null, severity: 4, target: 'women', tag: 'family' };
    expect((await listNarratives(severe)).items.map(({ _id }) => _id)).to.deep.equal([narrative._id]);
    expect((await listNarratives({ ...severe, target: 'men' })).total).to.equal(0);
    const segments = await listSegments({
      ...noun,
      q: 'zanz',
      role: 'influencers',
      tier: null,
      tag: 'family',
    });
    expect(segments.total).to.equal(1);
    expect((await listMessengers({ ...noun, q: 'zanzibar', kind: 'family', tag: 'music' })).total).to.equal(
      1,
    );
    const asked = { ...noun, q: 'zanzibar', campaign: campaign._id, state: 'draft', language: 'en' } as const;
    const rest = { type: null, network: 'x', strategy: 'affiliation', tone: 'testimonial' } as const;
    const messages = await listMessages({ ...asked, ...rest, narrative: narrative._id, tag: 'C00211' });
    expect(messages.items[0]?.campaignTitle).to.equal('Zanzibar evenings');

    const everything = await searchEverything('zanz');
    const found = Object.entries(everything).map(([kind, items]) => [kind, items.length]);
    expect(Object.fromEntries(found)).to.deep.equal({
      ...{ campaigns: 1, messages: 1, answers: 0, narratives: 1, segments: 1, messengers: 1 },
      assets: 0,
    });
  });

  it('finds images by the words that stand for them, as it finds everything else', async () => {
    const asset = await anAsset({
      ...{ altText: 'A lantern in the windów of a house', credit: 'Nadia, CC BY', origin: 'human' },
      ...{ quotesExtremists: true, purpose: 'Shows how a لافتة was misread' },
    });
    await anAsset({ altText: 'A river' });
    const found = async (q: string) => (await listAssets({ q, page: 1 })).items.map(({ _id }) => _id);
    for (const q of ['window lant', 'nadia', 'اللافتة', 'MISREAD'])
      expect(await found(q), q).to.deep.equal([asset._id]);
    expect(await found('lantern river')).to.deep.equal([]);
    expect((await listAssets({ q: '', page: 1 })).total).to.equal(2);
    const [glanced] = (await searchEverything('lantern')).assets;
    expect(glanced).to.include({ _id: asset._id }).and.not.to.have.any.keys('bytes', 'thumbnail', 'terms');
  });
});
