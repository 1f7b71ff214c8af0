import { expect } from 'chai';
import { Answers } from '../../server/models/answer.ts';
import { Messages } from '../../server/models/message.ts';
import { aCampaign, aMember, aMessage, aNarrative, anAnswer } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const fields = {
  text: 'Those who came back tell of hunger, not of glory.',
  language: 'en',
  narrative: '',
  strategies: ['facts', 'warning-of-consequences'],
  tone: 'factual',
  standing: 'usable',
  refusal: '',
  'source.collection': 'Our own',
  'source.key': '',
  'source.knowledge': 'Interviews of 2014',
  tags: 'Family, c00211',
};

describe('POST /answers', () => {
  useDatabase();
  const web = openWeb();

  it('adds an answer under the narrative it answers', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const narrative = await aNarrative();
    const from = `/answers/new?narrative=${narrative._id}`;
    const form = await browser.get(from);
    expect(form.text).to.include(`value="${narrative._id}" selected`);
    const added = await browser.submit(from, '/answers', { ...fields, narrative: narrative._id });
    expect(added.status).to.equal(303);
    const page = await browser.get(added.headers.location ?? '');
    expect(page.text).to.include('not of glory').and.to.include('Interviews of 2014');
    expect(page.text).to.include('C00211').and.to.include('humorous counter-narratives');
    const under = await browser.get(`/narratives/${narrative._id}`);
    expect(under.text).to.include('not of glory');
  });

  it('keeps what was typed when a tag names a person (rule 6)', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const refused = await browser.post('/answers', { ...fields, tags: 'family, @somebody' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('not of glory').and.to.include('family, @somebody');
    expect(refused.text).to.include('leads to one person').and.to.include('href="#field-tags"');
    expect(await Answers.countDocuments()).to.equal(0);
  });

  it('asks why an answer is refused', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const refused = await browser.post('/answers', { ...fields, standing: 'refused' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('href="#field-refusal"');
    const kept = await browser.post('/answers', { ...fields, standing: 'refused', refusal: 'shaming' });
    const page = await browser.get(kept.headers.location ?? '');
    expect(page.text).to.include('Refused: shaming').and.not.to.include('starting point');
    expect(page.text).to.match(/<details class="veiled"><summary>[\s\S]*?not of glory/);
  });

  it('says that another one is much alike, with a link to it', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const first = await browser.post('/answers', fields);
    const second = await browser.post('/answers', { ...fields, text: `${fields.text} Ask them.` });
    const page = await browser.get(second.headers.location ?? '');
    expect(page.text).to.include('Another answer says much the same');
    expect(page.text).to.include(`<a href="${first.headers.location}">`);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const again = await browser.post('/answers', fields);
    expect(again.status).to.equal(409);
  });

  it('refuses a stale save and shows that somebody else was faster', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const { _id } = await anAnswer();
    await browser.submit(`/answers/${_id}/edit`, `/answers/${_id}`, fields);
    const stale = await browser.post(`/answers/${_id}`, { ...fields, version: '0' });
    expect(stale.status).to.equal(409);
  });

  it('opens the composer with what the answer says, and the message remembers it', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const [campaign, narrative] = [await aCampaign(), await aNarrative()];
    const answer = await anAnswer({
      text: 'Ta mère t’attend.',
      language: 'fr',
      narrative: narrative._id,
      tags: ['family'],
    });
    const choice = await browser.get(`/messages/new?answer=${answer._id}`);
    const next = `/messages/new?campaign=${campaign._id}&answer=${answer._id}`;
    expect(choice.text).to.include(next.replaceAll('&', '&amp;').replaceAll('=', '&#x3D;'));
    const composer = await browser.get(next);
    expect(composer.text).to.include('Ta mère t’attend.').and.to.include('value="family"');
    expect(composer.text).to.include('value="question" checked').and.to.include('value="empathic" selected');
    expect(composer.text).to.include(`value="${narrative._id}" selected`);
    expect(await htmlProblems(composer.text)).to.deep.equal([]);

    const saved = await browser.submit(next, '/messages', {
      ...{
        title: 'She waits',
        type: 'counter-narrative',
        tone: 'empathic',
        origin: 'human',
        humanEditor: '',
      },
      ...{ segment: '', narrative: narrative._id, messenger: '', step: 'save', tags: 'family' },
      references: 'Interviews of 2014\nSurvey of 2013',
      'callToAction.text': 'Call',
      'callToAction.service': 'Helpline',
      ...{
        'variants[0].network': 'x',
        'variants[0].language': 'fr',
        'variants[0].text': 'Ta mère t’attend.',
      },
    });
    expect(saved.status).to.equal(303);
    const [message] = await Messages.find().lean();
    expect(message?.sources.map(({ kind, answer: id, text }) => [kind, id, text])).to.deep.equal([
      ['answer', answer._id, ''],
      ['reference', null, 'Interviews of 2014'],
      ['reference', null, 'Survey of 2013'],
    ]);
    const page = await browser.get(`/messages/${message?._id}`);
    expect(page.text).to.include(`href="/answers/${answer._id}"`).and.to.include('Survey of 2013');
    expect((await browser.get(`/answers/${answer._id}`)).text).to.include('She waits');
  });

  it('begins nothing from a refused answer, whoever asks', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const campaign = await aCampaign();
    const { _id } = await anAnswer({ standing: 'refused', refusal: 'hostile' });
    const address = `/messages/new?campaign=${campaign._id}&answer=${_id}`;
    expect((await browser.get(address)).status).to.equal(422);
    const sent = await browser.post('/messages', {
      campaign: campaign._id,
      answer: _id,
      title: 'x',
      type: 'prebunking',
    });
    expect(sent.status).to.equal(422);
    expect(await Messages.countDocuments()).to.equal(0);
  });
});

describe('GET /library/duplicates', () => {
  useDatabase();
  const web = openWeb();

  it('lets a drafter keep entries that are much alike, or merge them', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const first = (await browser.post('/answers', fields)).headers.location ?? '';
    await browser.post('/answers', { ...fields, text: `${fields.text} Ask them.` });
    const page = await browser.get('/library/duplicates');
    expect(page.text).to.include('2 entries');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const merged = await browser.submit('/library/duplicates', `${first}/merger`, {});
    expect(merged.headers.location).to.equal(first);
    expect(await Answers.countDocuments()).to.equal(1);
    await browser.post('/answers', { ...fields, text: `${fields.text} Ask them again.` });
    const kept = await browser.submit('/library/duplicates', '/library/duplicates/keeping', {});
    expect(kept.status).to.equal(303);
    expect((await browser.get('/library/duplicates')).text).to.include('Nothing is much alike');
  });

  it('says which answers a merge of narratives would refuse before it does so', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const [kept, gone] = [await aNarrative(), await aNarrative()];
    const said = { text: 'The same words' };
    const usable = await anAnswer({ ...said, narrative: kept._id });
    await anAnswer({ ...said, narrative: gone._id, standing: 'refused', refusal: 'untrue' });
    const merger = `/narratives/${kept._id}/merger`;
    const asked = await browser.post(merger, { others: gone._id });
    expect(asked.status).to.equal(422);
    expect(asked.text).to.include('One answer would become refused').and.include(said.text);
    expect(await htmlProblems(asked.text)).to.deep.equal([]);
    expect(await Answers.countDocuments()).to.equal(2);

    const merged = await browser.post(merger, { others: gone._id, keepsRefused: 'true' });
    expect(merged.headers.location).to.equal(`/narratives/${kept._id}`);
    expect(await Answers.findById(usable._id).lean()).to.include({ standing: 'refused', refusal: 'untrue' });
  });

  it('shows others what is alike without a way to change it', async () => {
    const drafter = await signedIn(web, await aMember('drafter'));
    await drafter.post('/answers', fields);
    await drafter.post('/answers', { ...fields, text: `${fields.text} Ask them.` });
    const page = await (await signedIn(web, await aMember('evaluator'))).get('/library/duplicates');
    expect(page.text).to.include('2 entries').and.not.to.include('merger');
  });
});

describe('GET /search', () => {
  useDatabase();
  const web = openWeb();

  it('groups what it found by noun, from the field in the frame', async () => {
    const browser = await signedIn(web, await aMember('evaluator'));
    await anAnswer({ text: 'Raqqa was no holiday' });
    await aNarrative({ claim: 'Come to Raqqa', severity: 5 });
    await aMessage({ title: 'Raqqa, told by three mothers' });
    const page = await browser.get('/search?q=raq');
    expect(page.text).to.include('Raqqa was no holiday').and.to.include('told by three mothers');
    expect(page.text, 'claims stay veiled').to.match(
      /<details class="veiled"><summary>[\s\S]*?Come to Raqqa/,
    );
    expect(page.text).to.match(/href="\/answers\?q(=|&#x3D;)raq"/);
    expect(page.text).to.include('data-search-field');
    expect((await browser.get('/search?q=zeppelin')).text).to.include('Nothing holds all of these words');
  });

  it('keeps filters in the address of the next page', async () => {
    const browser = await signedIn(web, await aMember('evaluator'));
    for (let count = 0; count < 51; count += 1) await anAnswer({ tags: ['family'] });
    const page = await browser.get('/answers?q=holiday&tag=Family&tone=empathic');
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(page.text) ?? [];
    const address = next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    expect(address).to.equal('/answers?q=holiday&tone=empathic&tag=family&page=2');
    expect((await browser.get(address)).text).to.include('51–51');
  });
});
