import { expect } from 'chai';
import { pauseEverything } from '../../server/actions/pause-everything.ts';
import { resumePublishing } from '../../server/actions/resume-publishing.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { aCampaign, aMember, anApprovedMessage, aSegment } from '../support/builders.ts';
import {
  aMessageInReview,
  assessed,
  HIGH_RISK,
  risksWith,
  wholeDecision,
} from '../support/builders-review.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('GET /reviews', () => {
  useDatabase();
  const web = openWeb();

  const answers = (backfire = {}) =>
    Object.fromEntries(
      risksWith(backfire).flatMap(({ question, ...risk }) =>
        Object.entries(risk).map(([name, value]) => [`risks.${question}.${name}`, String(value)]),
      ),
    );

  it('says how many of the approvals are given, by whom, what is missing and why two are needed', async () => {
    const campaign = await aCampaign();
    const message = await aMessageInReview({ campaign: campaign._id });
    await assessed(message, HIGH_RISK);
    const [first, second] = [await aMember('reviewer'), await aMember('reviewer')];
    const browser = await signedIn(web, first);
    const { contentHash, checked, comment } = wholeDecision(message, 'Silence would be worse');
    const form = { contentHash, seen: '{}', checked, comment, ...answers(HIGH_RISK) };
    expect((await browser.post(`/messages/${message._id}/approval`, form)).status).to.equal(303);
    expect((await browser.get('/reviews')).text).to.include('1 of 2 approvals');
    const page = await browser.get(`/reviews/${message._id}`);
    expect(page.text)
      .to.include('1 of 2 approvals')
      .and.to.include(first.name)
      .and.to.include('Still needed: one approval')
      .and.to.include('a high risk remains');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const other = await signedIn(web, second);
    expect((await other.post(`/messages/${message._id}/approval`, form)).status).to.equal(303);
    expect((await other.get(`/reviews/${message._id}`)).text)
      .to.include('2 of 2 approvals')
      .and.to.include('New posts may be placed until');
  });

  it('shows what a message was made from, and nothing of it leads outside', async () => {
    const answer = newId();
    const message = await aMessageInReview({
      campaign: (await aCampaign())._id,
      sources: [
        { kind: 'answer', answer, text: '' },
        { kind: 'reference', answer: null, text: 'Court record, https://court.example/7' },
      ],
    });
    const browser = await signedIn(web, await aMember('reviewer'));
    const page = await browser.get(`/reviews/${message._id}`);
    expect(page.text).to.include('Court record, https://court.example/7').and.to.include(`/${answer}"`);
    expect(page.text).not.to.include('href="https://court');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('lists what a crisis has overtaken, and lets a reviewer assess it anew although it is approved', async () => {
    const campaign = await aCampaign();
    const message = await anApprovedMessage({ campaign: campaign._id, title: 'Room for the night' });
    const reviewer = await aMember('reviewer');
    const browser = await signedIn(web, reviewer);
    expect((await browser.get('/reviews')).text).not.to.include('To be assessed anew');
    await pauseEverything(web.context, await aMember('scheduler'), { reason: 'An attack in the city' });
    await resumePublishing(web.context, await aMember('administrator'));

    const queue = await browser.get('/reviews');
    expect(queue.text).to.include('To be assessed anew').and.to.include('before the last crisis pause');
    expect(queue.text)
      .to.include('No new message waits. One approved message is to be assessed anew.')
      .and.not.include('Nothing waits for a review');
    expect(await htmlProblems(queue.text)).to.deep.equal([]);
    const scheduler = await signedIn(web, await aMember('scheduler'));
    const variant = message.variants[0]?._id;
    for (const page of ['/posts/new', `/posts/new?message=${message._id}&variant=${variant}`]) {
      const shown = (await scheduler.get(page)).text;
      expect(shown, page).to.include('To be assessed anew').and.include(`href="/reviews/${message._id}"`);
      expect(await htmlProblems(shown)).to.deep.equal([]);
    }
    const page = await browser.get(`/reviews/${message._id}`);
    expect(page.text).to.include('Everything was paused after this').and.to.include('An attack in the city');
    expect(page.text).not.to.include('Return to authors');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const form = { contentHash: message.contentHash, seen: '{}', comment: '', ...answers() };
    expect((await browser.post(`/messages/${message._id}/assessment`, form)).status).to.equal(303);
    expect((await browser.get('/reviews')).text).not.to.include('To be assessed anew');
    expect((await Messages.findById(message._id).lean())?.state).to.equal('approved');
  });

  it('shows on a message to young people that the safeguarding sign-off is missing, or what it says', async () => {
    const youth = await aSegment({ role: 'youth' });
    const reviewer = await signedIn(web, await aMember('reviewer'));
    const pageOf = async (safeguarding: string) => {
      const campaign = await aCampaign({ brief: { safeguarding } } as never);
      const message = await aMessageInReview({ campaign: campaign._id, segment: youth._id });
      return (await reviewer.get(`/reviews/${message._id}`)).text;
    };
    expect(await pageOf('')).to.include('no safeguarding sign-off');
    expect(await pageOf('Youth office, 3 May'))
      .to.include('Youth office, 3 May')
      .and.to.include('speaks to minors');
  });
});
