import { expect } from 'chai';
import { Messages } from '../../server/models/message.ts';
import { openBluesky } from '../../server/platforms/bluesky/open.ts';
import {
  aCampaign,
  aMember,
  aMessage,
  aMessenger,
  anAccount,
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

  it('fills in fields the same in the preview and in what is saved, and edits them as fields', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const message = await aMessage({ campaign: (await aCampaign())._id });
    const typed = {
      ...fields,
      version: '0',
      'variants[0]._id': message.variants[0]?._id ?? '',
      'variants[0].text': 'Call {{service}}!{{! ask Lina }}',
    };
    const preview = await browser.post(`/messages/${message._id}/preview`, typed);
    expect(preview.text).to.include('>Call Family helpline!</p>');
    const saved = await browser.post(`/messages/${message._id}`, typed);
    expect(saved.status, saved.text).to.equal(303);
    expect((await Messages.findById(message._id).lean())?.variants[0]?.text).to.equal(
      'Call Family helpline!',
    );
    const edit = await browser.get(saved.headers.location ?? '');
    expect(edit.text).to.include('Call {{service}}!{{! ask Lina }}</textarea>');

    const attack = { ...typed, version: '1', 'variants[0].text': 'Call {{constructor.constructor}}' };
    const refused = await browser.post(`/messages/${message._id}/review-request`, attack);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('“{{constructor.constructor}}” is no field');
  });

  it('takes the shared text of a language wherever a text is left empty, and says so again when it changes', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const campaign = await aCampaign();
    const shared = {
      ...fields,
      campaign: campaign._id,
      'sharedTexts[0].language': 'en',
      'sharedTexts[0].text': 'You can still call.',
      'variants[0].text': '',
      'variants[1].network': 'mastodon',
      'variants[1].language': 'en',
      'variants[1].text': '',
      'variants[1].account': '',
      'variants[2].network': 'bluesky',
      'variants[2].language': 'en',
      'variants[2].text': 'Here we say it otherwise.',
      'variants[2].account': '',
    };
    const made = await browser.post('/messages', shared);
    expect(made.status, made.text).to.equal(303);
    const texts = async () => (await Messages.findOne().lean())?.variants.map(({ text }) => text);
    expect(await texts()).to.deep.equal([
      'You can still call.',
      'You can still call.',
      'Here we say it otherwise.',
    ]);
    const { campaign: _, ...edited } = shared;
    const saved = await browser.post(made.headers.location?.replace('/edit', '') ?? '', {
      ...edited,
      version: '0',
      'sharedTexts[0].text': 'You can always call.',
    });
    expect(saved.status, saved.text).to.equal(303);
    expect(await texts()).to.deep.equal([
      'You can always call.',
      'You can always call.',
      'Here we say it otherwise.',
    ]);
    const edit = await browser.get(made.headers.location ?? '');
    expect(await htmlProblems(edit.text)).to.deep.equal([]);
    expect(edit.text.match(/You can always call\.<\/textarea>/g)).to.have.length(1);
  });

  it('offers a text the accounts of its own network only, and refuses any other by name', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const onX = await anAccount({ handle: 'comehome_eu' });
    const message = await aMessage({ campaign: (await aCampaign())._id });
    const address = `/messages/${message._id}`;
    const choices = async (network: string) => {
      const typed = { ...fields, version: '0', 'variants[0].network': network };
      const page = await browser.post(`${address}/preview`, typed);
      return /<select[^>]*name="variants\[0\]\.account"[\s\S]*?<\/select>/.exec(page.text)?.[0] ?? page.text;
    };
    expect(await choices('x')).to.include('X @comehome_eu');
    expect(await choices('mastodon')).to.not.include('@');
    expect(
      (
        await browser.post(`${address}/preview`, {
          ...fields,
          version: '0',
          'variants[0].network': 'mastodon',
        })
      ).text,
    ).to.include('No Mastodon account yet: connect one under Accounts.');
    await anAccount({ network: 'mastodon', handle: 'comehome@masto.example' });
    expect(await choices('mastodon'))
      .to.include('Mastodon @comehome@masto.example')
      .and.not.include('_eu');

    const refused = await browser.post(address, {
      ...fields,
      version: '0',
      'variants[0].network': 'mastodon',
      'variants[0].account': onX._id,
    });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('@comehome_eu is an account on X, and this text is for Mastodon.');
    expect((await Messages.findById(message._id).lean())?.variants[0]?.accounts).to.deep.equal([]);
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
