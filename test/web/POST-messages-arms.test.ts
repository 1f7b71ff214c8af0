import { expect } from 'chai';
import type { Variant } from '../../server/domain/message.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { openX } from '../../server/platforms/x/open.ts';
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
import { type Browser, htmlProblems, openWeb, signedIn } from '../support/web.ts';

const QUESTION = 'Three mothers, one question: when did they stop telling us things? Call us.';
const OFFER = 'You can still call, day and night. Nobody asks for your name.';
const SAME = 'says the same, so nothing would be compared';

describe('POST /messages/:id with arms of an experiment', () => {
  useDatabase();
  const web = openWeb(testContext({ platforms: { x: openX({}) } }));
  let browser: Browser;
  let id: string;
  let fields: Record<string, string>;

  beforeEach('a draft with one text', async () => {
    browser = await signedIn(web, await aMember('drafter', 'reviewer'));
    const account = (await anAccount())._id;
    const variants: Variant[] = [
      { _id: newId(), network: 'x', language: 'en', text: QUESTION, accounts: [account] },
    ];
    id = (await aMessage({ campaign: (await aCampaign())._id, variants }))._id;
    fields = {
      title: 'Three mothers',
      type: 'alternative-narrative',
      tone: 'testimonial',
      origin: 'human',
      strategies: 'affiliation',
      segment: (await aSegment())._id,
      messenger: (await aMessenger())._id,
      'callToAction.text': 'Call the helpline',
      'callToAction.service': 'Family helpline',
      'callToAction.isStaffed': 'yes',
    };
  });

  /** What the form holds of these texts. */
  const rows = (variants: readonly Variant[]) =>
    Object.fromEntries(
      variants.flatMap(({ _id, network, language, arm, text, accounts }, index) =>
        Object.entries({ _id, network, language, arm: arm ?? '', text, account: accounts[0] ?? '' }).map(
          ([name, value]) => [`variants[${index}].${name}`, value],
        ),
      ),
    );

  async function press(step: string, typed: Record<string, string> = {}, to = `/messages/${id}`) {
    const { version, variants } = await read();
    const sent = { ...fields, ...rows(variants), version: String(version), step, ...typed };
    const answer = await browser.post(to, sent);
    return { answer, ...(await read()) };
  }

  async function read() {
    const message = await Messages.findById(id);
    if (!message) throw new Error('the message is gone');
    return { version: message.get('version'), ...message.toObject() };
  }

  it('begin beside a text with its words, and are stopped until they say something else', async () => {
    const begun = await press('add-arm-0');
    expect(begun.answer.status, begun.answer.text).to.equal(303);
    expect(begun.answer.headers.location).to.equal(`/messages/${id}/edit#field-variants-1-text`);
    const [first, second] = begun.variants;
    expect([first?.arm, second?.arm]).to.deep.equal(['A', 'B']);
    expect(second).to.deep.include({
      text: QUESTION,
      network: 'x',
      language: 'en',
      accounts: first?.accounts,
    });

    const page = await browser.get(`/messages/${id}/edit`);
    expect(page.text).to.include('Arm “A” says the same').and.to.include('Arm “B” says the same');
    expect(page.text).to.include('<bdi class="arm">arm B</bdi>');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const early = await press('save', {}, `/messages/${id}/review-request`);
    expect(early.answer.status).to.equal(422);
    expect(early.answer.text).to.include(SAME);
    expect(early.state).to.equal('draft');

    const typed = { 'variants[1].text': OFFER, 'variants[1].arm': ' Empathy' };
    const preview = await browser.post(`/messages/${id}/preview`, {
      ...fields,
      ...rows(begun.variants),
      version: '1',
      ...typed,
    });
    expect(preview.text)
      .to.include('arm empathy')
      .and.to.include('It says something else than the other arms.');
    expect(preview.text).not.to.include(SAME);
    const asked = await press('save', typed, `/messages/${id}/review-request`);
    expect(asked.answer.status, asked.answer.text).to.equal(303);
    expect(asked.state).to.equal('in-review');
  });

  it('refuse a name that is taken, or leads to a person, where it was typed, and keep all of it', async () => {
    await press('add-arm-0');
    const taken = await press('save', { 'variants[1].arm': 'a', 'variants[1].text': OFFER });
    expect(taken.answer.status).to.equal(422);
    expect(taken.answer.text).to.include('is arm “A” already').and.to.include(OFFER);
    expect(taken.answer.text).to.match(/id="field-variants-1-arm"[^>]*aria-invalid="true"/);
    expect(await htmlProblems(taken.answer.text)).to.deep.equal([]);
    const person = await press('save', { 'variants[1].arm': '@lina' });
    expect(person.answer.status).to.equal(422);
    expect(person.answer.text).to.include('“@lina” leads to one person');
    expect(person.variants[1]?.arm).to.equal('B');
  });

  it('are asked for where two texts could stand on one account', async () => {
    const { variants } = await press('add', { 'more.network': 'x', 'more.language': 'en' });
    expect(variants).to.have.length(2);
    const typed = { 'variants[1].text': OFFER, 'variants[1].account': variants[0]?.accounts[0] ?? '' };
    const asked = await press('save', typed, `/messages/${id}/review-request`);
    expect(asked.answer.status).to.equal(422);
    expect(asked.answer.text).to.include('Name the arm of each');
    expect(asked.answer.text).to.match(/id="field-variants-\d-arm"[^>]*aria-invalid="true"/);
  });

  it('are part of what was approved: another name voids the approval, the same one typed otherwise does not', async () => {
    const { campaign, variants } = await press('add-arm-0', { 'variants[0].text': QUESTION });
    const [first, second] = variants;
    const armed = [first!, { ...second!, text: OFFER }];
    id = (await anApprovedMessage({ campaign, variants: armed }))._id;
    fields = { ...fields, segment: '', messenger: '' };
    expect((await press('save', { 'variants[1].arm': ' b ' })).state).to.equal('approved');
    const renamed = await press('save', { 'variants[1].arm': 'Offer' });
    expect([renamed.state, renamed.approval]).to.deep.equal(['draft', null]);
    await press('save', { 'variants[1].arm': 'empathy' });
    const versions = await browser.get(`/messages/${id}/versions`);
    expect(versions.text)
      .to.include('Arm of the text for X, en')
      .and.to.match(/<del>.*offer.*<\/del>.*<ins>.*empathy/);
    expect(await htmlProblems(versions.text)).to.deep.equal([]);
  });

  it('are named wherever the message is read', async () => {
    await press('add-arm-0');
    await press('save', { 'variants[1].text': OFFER, 'variants[1].arm': 'empathy' });
    for (const address of [`/messages/${id}`, `/reviews/${id}`, `/messages/${id}/comments`, '/messages']) {
      const page = await browser.get(address);
      expect(page.status, address).to.equal(200);
      expect(page.text, address).to.include('arm A').and.to.include('arm empathy');
      expect(await htmlProblems(page.text), address).to.deep.equal([]);
    }
  });
});
