import { expect } from 'chai';
import { Assets } from '../../server/models/asset.ts';
import { Messages } from '../../server/models/message.ts';
import { openX } from '../../server/platforms/x/open.ts';
import { aCampaign, aMember, aMessage, anApprovedMessage, anAsset, imageOf } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { aStage } from '../support/publishing.ts';
import { type Browser, htmlProblems, openWeb, signedIn } from '../support/web.ts';

const fields = {
  title: 'Three mothers',
  type: 'alternative-narrative',
  tone: 'testimonial',
  origin: 'human',
  'callToAction.text': 'Call the helpline',
  'variants[0].network': 'x',
  'variants[0].language': 'en',
  'variants[0].text': 'Three mothers, one question.',
};

describe('POST /messages/:id with threads and images', () => {
  useDatabase();
  const context = testContext({ platforms: { x: openX({}) } });
  const web = openWeb(context);
  let browser: Browser;
  let id: string;

  beforeEach('an empty draft', async () => {
    browser = await signedIn(web, await aMember('drafter'));
    id = (await aMessage({ campaign: (await aCampaign())._id }))._id;
  });

  async function press(step: string, typed: Record<string, string> = {}) {
    const { version, variants } = await read();
    const own = { version: String(version), 'variants[0]._id': variants[0]?._id ?? '', step };
    const answer = await browser.post(`/messages/${id}`, { ...fields, ...own, ...typed });
    return { answer, ...(await read()) };
  }

  async function read() {
    const message = await Messages.findById(id);
    if (!message) throw new Error('the message is gone');
    return { version: message.get('version'), variants: message.toObject().variants, state: message.state };
  }

  it('grow a thread part by part, each with its own count, without any script', async () => {
    const first = await press('add-part-0');
    expect(first.answer.status, first.answer.text).to.equal(303);
    expect(first.answer.headers.location).to.equal(`/messages/${id}/edit#field-variants-0-parts-0-text`);
    expect(first.variants[0]?.parts).to.deep.equal(['']);
    const rows = { 'variants[0].parts[0].number': '2', 'variants[0].parts[0].text': 'You can still call.' };
    const second = await press('add-part-0', rows);
    expect(second.variants[0]?.parts).to.deep.equal(['You can still call.', '']);
    const page = await browser.get(`/messages/${id}/edit`);
    expect(page.text)
      .to.include('name="variants[0].parts[1].text"')
      .and.to.include('<output id="count-0-1" class="text-quiet">19/280');
    expect(page.text).to.include('Post 3 of the thread is empty');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const moved = await press('raise-part-0-0', { ...rows, 'variants[0].parts[1].number': '3' });
    expect(moved.variants[0]).to.deep.include({
      text: 'You can still call.',
      parts: ['Three mothers, one question.', ''],
    });
  });

  it('take images from the library, with its alt text until a writer says it better', async () => {
    const asset = await anAsset();
    const page = await browser.get(`/messages/${id}/edit`);
    expect(page.text)
      .to.include(`value="${asset._id}"`)
      .and.to.include(`/library/assets/${asset._id}/thumbnail`);
    const added = await press('save', { 'variants[0].image': asset._id });
    expect(added.variants[0]?.images).to.deep.equal([imageOf(asset)]);
    const row = {
      'variants[0].images[0].asset': asset._id,
      'variants[0].images[0].altText': 'An empty chair',
    };
    const said = await press('save', { ...row, 'variants[0].image': asset._id });
    expect(said.variants[0]?.images).to.deep.equal([{ ...imageOf(asset), altText: 'An empty chair' }]);
    const shown = await browser.get(`/messages/${id}/edit`);
    expect(shown.text).to.include('An empty chair');
    expect(await htmlProblems(shown.text)).to.deep.equal([]);
    const removed = await press('remove-image-0-0', row);
    expect(removed.variants[0]?.images).to.deep.equal([]);
  });

  it('preview what was typed and chosen before anything is saved', async () => {
    const asset = await anAsset();
    const typed = {
      ...fields,
      'variants[0].image': asset._id,
      'variants[0].parts[0].number': '2',
      'variants[0].parts[0].text': 'Not saved yet',
    };
    const { text, status } = await browser.post(`/messages/${id}/preview`, typed);
    expect(status).to.equal(200);
    expect(text).to.include('<strong>2/2</strong>').and.to.include(`/library/assets/${asset._id}/image`);
    expect(text).to.include(asset.altText).and.to.include('Not saved yet');
    expect(await htmlProblems(text)).to.deep.equal([]);
    expect((await read()).variants[0]?.images).to.deep.equal([]);
  });

  it('keep a writer from images that the library does not have', async () => {
    const { _id, sha256 } = await anAsset();
    const row = { 'variants[0].images[0].asset': _id, 'variants[0].images[0].altText': 'A chair' };
    await press('save', row);
    await Assets.deleteOne({ _id });
    const kept = await press('save', row);
    expect(kept.variants[0]?.images?.[0]?.sha256, 'it stays for a person to take out').to.equal(sha256);
    expect((await browser.get(`/messages/${id}/edit`)).text).to.include('no longer in the library');
    await press('remove-image-0-0', row);
    const made = await press('save', row);
    expect(made.answer.status).to.equal(422);
    expect(made.answer.text).to.include('Image 1 is no longer in the library');
  });

  it('stay out of review while an alt text is missing', async () => {
    const asset = await anAsset();
    const stage = await aStage(context);
    const { version, variants } = await read();
    const whole = { version: String(version), 'variants[0]._id': variants[0]?._id ?? '', ...fields };
    const refused = await browser.post(`/messages/${id}/review-request`, {
      ...whole,
      segment: '',
      'variants[0].account': stage.account._id,
      'variants[0].images[0].asset': asset._id,
      'variants[0].images[0].altText': ' ',
    });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('Image 1 has no alt text');
  });

  it('void an approval by any change of a part, an image or an alt text, and by nothing less', async () => {
    const asset = await anAsset();
    const campaign = (await aCampaign())._id;
    const texts = { text: fields['variants[0].text'], parts: ['You can still call.'] };
    const same = {
      'variants[0].parts[0].number': '2',
      'variants[0].parts[0].text': 'You can still call.',
      'variants[0].images[0].asset': asset._id,
      'variants[0].images[0].altText': asset.altText,
      'callToAction.service': 'Family helpline',
      'callToAction.isStaffed': 'yes',
      strategies: 'affiliation',
    };
    const stateAfter = async (typed: Record<string, string>, step = 'save') => {
      const draft = await aMessage();
      const variant = {
        ...draft.variants[0],
        _id: draft._id,
        network: 'x',
        language: 'en',
        accounts: [],
      } as const;
      const variants = [{ ...variant, accounts: [], ...texts, images: [imageOf(asset)] }];
      id = (await anApprovedMessage({ campaign, variants }))._id;
      return (await press(step, { ...same, ...typed })).state;
    };
    expect(await stateAfter({})).to.equal('approved');
    expect(await stateAfter({ 'variants[0].parts[0].text': 'You can call.' })).to.equal('draft');
    expect(await stateAfter({ 'variants[0].images[0].altText': 'A chair' })).to.equal('draft');
    expect(await stateAfter({ 'variants[0].image': (await anAsset())._id })).to.equal('draft');
    for (const step of ['add-part-0', 'remove-part-0-0', 'raise-part-0-0', 'remove-image-0-0']) {
      expect(await stateAfter({}, step), step).to.equal('draft');
    }
  });
});
