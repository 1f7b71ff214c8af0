import { expect } from 'chai';
import { Messages } from '../../server/models/message.ts';
import { openBluesky } from '../../server/platforms/bluesky/open.ts';
import {
  aCampaign,
  aMember,
  aMessage,
  aMessenger,
  aNarrative,
  anAccount,
  anAnswer,
  anApprovedMessage,
  aSegment,
} from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const fields = {
  title: 'Three mothers',
  type: 'alternative-narrative',
  segment: '',
  narrative: '',
  messenger: '',
  tone: 'testimonial',
  origin: 'human',
  humanEditor: '',
  'callToAction.text': 'Call the helpline',
  'callToAction.service': 'Family helpline',
  'callToAction.isStaffed': 'yes',
  'variants[0].network': 'x',
  'variants[0].language': 'en',
  'variants[0].text': 'You can still call.',
  'variants[0].account': '',
  'more.network': 'x',
  'more.language': '',
};

describe('POST /messages', () => {
  useDatabase();
  const web = openWeb();

  it('drafts a message, adds a text, previews it and hands it to review', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const [campaign, segment, messenger, account] = [
      await aCampaign(),
      await aSegment(),
      await aMessenger(),
      await anAccount(),
    ];
    const composer = await browser.get(`/messages/new?campaign=${campaign._id}`);
    expect(composer.status).to.equal(200);
    expect(await htmlProblems(composer.text)).to.deep.equal([]);
    const added = await browser.post('/messages', {
      ...fields,
      campaign: campaign._id,
      step: 'add',
      'more.language': 'fr',
    });
    expect(added.status, added.text).to.equal(303);
    const stored = await Messages.findOne().lean();
    expect(stored?.variants.map(({ language }) => language)).to.deep.equal(['en', 'fr']);

    const edit = await browser.get(added.headers.location ?? '');
    expect(await htmlProblems(edit.text)).to.deep.equal([]);
    const whole = {
      ...fields,
      version: '0',
      segment: segment._id,
      messenger: messenger._id,
      'variants[0]._id': stored?.variants[0]?._id ?? '',
      'variants[0].account': account._id,
    };
    const preview = await browser.post(`/messages/${stored?._id}/preview`, {
      ...whole,
      'variants[0].text': 'Not saved yet',
    });
    expect(preview.status).to.equal(200);
    expect(preview.text).to.include('Not saved yet');
    const asked = await browser.post(`/messages/${stored?._id}/review-request`, whole);
    expect(asked.headers.location, asked.text).to.equal(`/messages/${stored?._id}`);
    expect((await Messages.findOne().lean())?.state).to.equal('in-review');
    expect(await htmlProblems((await browser.get(`/messages/${stored?._id}`)).text)).to.deep.equal([]);
  });

  it('counts and shows a text as Bluesky does, in bytes as well when it comes near their limit', async () => {
    const counting = openWeb(testContext({ platforms: { bluesky: openBluesky({}) } }));
    const browser = await signedIn(counting, await aMember('drafter'));
    const { _id: campaign } = await aCampaign();
    const preview = async (text: string) => {
      const sent = { ...fields, campaign, 'variants[0].network': 'bluesky', 'variants[0].text': text };
      const page = await browser.post('/messages/preview', sent);
      expect(page.status).to.equal(200);
      return page.text;
    };
    expect(await preview('Call us 👨‍👩‍👧‍👦'))
      .to.include('9/300')
      .and.include('Bluesky ·')
      .and.not.include('bytes');
    expect(await preview('👨‍👩‍👧‍👦'.repeat(100))).to.include('100/300 · 2,500 of 3,000 bytes');
    expect(await preview('👨‍👩‍👧‍👦'.repeat(121))).to.include('3,025 of 3,000 bytes: shorten it');
    expect(await preview('a'.repeat(301))).to.include('301 of 300');
  });

  it('keeps everything that was typed when a rule says no', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const message = await aMessage({ campaign: (await aCampaign())._id });
    const refused = await browser.post(`/messages/${message._id}`, {
      ...fields,
      version: '0',
      'variants[0].text': 'Hello @stranger',
    });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('Hello @stranger').and.to.include('did not ask to be spoken to');
    expect((await Messages.findOne().lean())?.variants[0]?.text).to.equal(message.variants[0]?.text);
  });

  it('refuses a stale save with 409 and shows what is saved now beside what was typed', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const message = await aMessage({ campaign: (await aCampaign())._id });
    const first = await browser.post(`/messages/${message._id}`, {
      ...fields,
      version: '0',
      'variants[0].text': 'First',
    });
    expect(first.status).to.equal(303);
    const second = await browser.post(`/messages/${message._id}`, {
      ...fields,
      version: '0',
      'variants[0].text': 'Second',
    });
    expect(second.status).to.equal(409);
    expect(second.text).to.include('First').and.to.include('Second');
  });

  it('voids the approval of a text that is edited (rule 7)', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const message = await anApprovedMessage({ campaign: (await aCampaign())._id });
    const edited = await browser.post(`/messages/${message._id}`, { ...fields, version: '0' });
    expect(edited.status).to.equal(303);
    expect(await Messages.findOne().lean()).to.deep.include({ state: 'draft', approval: null });
  });
});

describe('The library', () => {
  useDatabase();
  const web = openWeb();

  it('shows valid pages for narratives, answers, segments, messengers, messages and the search', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const tags = ['family', 'C00211'];
    const narrative = await aNarrative({ tags, targets: ['women'] });
    const [segment, messenger] = [await aSegment({ tags }), await aMessenger({ tags })];
    const answer = await anAnswer({ narrative: narrative._id, tags });
    await anAnswer({ narrative: narrative._id, standing: 'refused', refusal: 'hostile' });
    const message = await aMessage({ tags, campaign: (await aCampaign())._id });
    const pages = [
      '/narratives',
      '/narratives/new',
      `/narratives/${narrative._id}`,
      `/narratives/${narrative._id}/edit`,
      '/narratives?q=family&severity=4&target=women&tag=family',
      '/answers',
      '/answers/new',
      `/answers/new?narrative=${narrative._id}`,
      `/answers?q=holiday&narrative=${narrative._id}&language=en&strategy=question&tone=empathic`,
      `/answers/${answer._id}`,
      `/answers/${answer._id}/edit`,
      '/library/duplicates',
      '/library/duplicates?noun=narrative',
      '/search',
      '/search?q=holiday',
      '/audiences',
      `/audiences/${segment._id}`,
      `/audiences/${segment._id}/edit`,
      '/messengers',
      `/messengers/${messenger._id}`,
      `/messengers/${messenger._id}/edit`,
      '/messages',
      '/messages?q=mothers&state=draft&tag=c00211',
      `/messages/${message._id}`,
    ];
    for (const path of pages) {
      const page = await browser.get(path);
      expect(page.status, path).to.equal(200);
      expect(await htmlProblems(page.text), path).to.deep.equal([]);
    }
  });

  it('refuses targeting by a special category and keeps what was typed (rule 1)', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const refused = await browser.post('/audiences', {
      name: 'Parents',
      role: 'influencers',
      tier: 'primary',
      'targeting.ageFrom': '18',
      'targeting.topics': 'Muslim youth',
    });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('Muslim youth').and.to.include('DSA 26(3)');
  });

  it('writes addresses of a narrative so that nobody follows them', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const added = await browser.post('/narratives', {
      claim: 'You will be a hero',
      severity: '4',
      circulation: 'https://example.org/page',
    });
    const page = await browser.get(added.headers.location ?? '');
    expect(page.text).to.include('example[.]org/page').and.to.include('written with [.]');
  });

  it('withdraws consent once and for all', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const messenger = await aMessenger();
    const path = `/messengers/${messenger._id}/withdrawal`;
    expect((await browser.post(path)).status).to.equal(303);
    expect((await browser.post(path)).status).to.equal(422);
  });
});
