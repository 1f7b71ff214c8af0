import { expect } from 'chai';
import { askForReview } from '../../server/actions/ask-for-review.ts';
import { Messages } from '../../server/models/message.ts';
import {
  aCampaign,
  aMember,
  aMessage,
  aMessenger,
  aNarrative,
  anAccount,
  aSegment,
} from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('GET /', () => {
  useDatabase();
  const context = testContext();
  const web = openWeb(context);

  it('gives whoever has nothing of their own a place to begin, by role', async () => {
    const [drafter, reviewer] = [await aMember('drafter'), await aMember('reviewer')];
    await Promise.all([aNarrative(), aCampaign(), aMessage()]);
    const begun = await (await signedIn(web, drafter)).get('/');
    expect(begun.text).to.include('Begin here').and.include('href="/campaigns/new">Plan a campaign');
    expect(await htmlProblems(begun.text)).to.deep.equal([]);
    const reviewing = await (await signedIn(web, reviewer)).get('/');
    expect(reviewing.text).to.include('Look at the reviews').and.not.include('Plan a campaign');

    await Messages.updateOne({}, { writers: [drafter._id] });
    const going = await (await signedIn(web, drafter)).get('/');
    expect(going.text).to.include('Your drafts').and.not.include('Begin here');
  });

  it('says how long a message waits for review as the queue does, whatever was saved since', async () => {
    const [campaign, segment, messenger, account] = await Promise.all([
      aCampaign(),
      aSegment(),
      aMessenger(),
      anAccount(),
    ]);
    const drafter = await aMember('drafter');
    const message = await aMessage({
      campaign: campaign._id,
      segment: segment._id,
      messenger: messenger._id,
      tone: 'empathic',
      callToAction: { text: 'Call us', service: 'Helpline', isStaffed: true },
      variants: [{ _id: 'v', network: 'x', language: 'en', text: 'Call us.', accounts: [account._id] }],
    });
    const asked = new Date(context.clock.now());
    await askForReview(context, drafter, { message: message._id, version: 0 });
    await Messages.updateOne(
      { _id: message._id },
      { $set: { updatedAt: new Date(asked.getTime() + 3 * 86_400_000) } },
      { timestamps: false },
    );
    const browser = await signedIn(web, await aMember('reviewer'));
    const queue = (await browser.get('/reviews')).text;
    const since = /<time datetime="[^"]*">([^<]*)<\/time>/.exec(queue)?.[1] ?? 'no time';
    expect((await browser.get('/')).text).to.include(`title="${since}"`);
  });
});
