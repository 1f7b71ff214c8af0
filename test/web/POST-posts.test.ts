import { expect } from 'chai';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { Posts } from '../../server/models/post.ts';
import { aCampaign, aMember, anAccount, anApprovedMessage } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('POST /posts', () => {
  useDatabase();
  const web = openWeb();

  async function start() {
    const account = await anAccount();
    const unfit = await anAccount({ state: 'paused', handle: 'resting' });
    const campaign = await aCampaign();
    const text = 'You can still call. Somebody answers at night.';
    const variant = {
      _id: newId(),
      network: 'x' as const,
      language: 'en',
      text,
      accounts: [account._id, unfit._id],
    };
    const message = await anApprovedMessage({ campaign: campaign._id, variants: [variant] });
    const browser = await signedIn(web, await aMember('scheduler'));
    const form = { message: message._id, variant: variant._id, account: account._id, when: 'at' };
    return { browser, form, message, variant };
  }

  it('places an approved text, which calendar and post then show', async () => {
    const { browser, form, message, variant } = await start();
    const choose = await browser.get('/posts/new');
    expect(choose.text).to.include(variant._id);
    const empty = await browser.get(
      `/posts/new?message=${message._id}&variant=${variant._id}&at=2014-10-20T10:00`,
    );
    expect(empty.text).to.include('value="2014-10-20T10:00"').and.to.include('@resting');
    expect(await htmlProblems(empty.text)).to.deep.equal([]);
    const done = await browser.post('/posts', { ...form, wallTime: '2014-10-20T10:00' });
    expect(done.status).to.equal(303);
    const [post] = await Posts.find().lean();
    expect(post?.dueAt).to.deep.equal(new Date('2014-10-20T08:00:00Z'));
    const shown = await browser.get(`/posts/${post?._id}`);
    expect(shown.text).to.include('placed it on the calendar');
    expect(await htmlProblems(shown.text)).to.deep.equal([]);
    for (const view of ['month', 'week', 'list']) {
      const page = await browser.get(`/calendar?view=${view}&date=2014-10-20`);
      expect(page.text).to.include(`/posts/${post?._id}`).and.to.include('10:00');
      expect(await htmlProblems(page.text)).to.deep.equal([]);
    }
  });

  it('answers a time that is none with 422, keeps it, and places nothing', async () => {
    const { browser, form } = await start();
    for (const wallTime of ['', 'tomorrow', '2014-13-45T99:99']) {
      const page = await browser.post('/posts', { ...form, wallTime });
      expect(page.status).to.equal(422);
      expect(page.text).to.include(`value="${wallTime}"`);
    }
    expect(await Deliveries.countDocuments()).to.equal(0);
  });

  it('puts an hour that the clocks repeat to the person', async () => {
    const { browser, form } = await start();
    const twice = { ...form, wallTime: '2014-10-26T02:30', seenWarnings: 'true' };
    const page = await browser.post('/posts', twice);
    expect(page.status).to.equal(422);
    expect(page.text).to.include('this time happens twice').and.to.include('name="occurrence"');
    expect((await browser.post('/posts', { ...twice, occurrence: 'later' })).status).to.equal(303);
    expect((await Posts.findOne().lean())?.dueAt).to.deep.equal(new Date('2014-10-26T01:30:00Z'));
  });

  it('shows what speaks against a time before it is kept', async () => {
    const { browser, form } = await start();
    const quiet = { ...form, wallTime: '2014-10-20T23:30' };
    const page = await browser.post('/posts', quiet);
    expect(page.status).to.equal(422);
    expect(page.text).to.include('is quiet from 22:00 to 7:00').and.to.include('name="seenWarnings"');
    expect((await browser.post('/posts', { ...quiet, seenWarnings: 'true' })).status).to.equal(303);
  });

  it('moves and cancels what is placed', async () => {
    const { browser, form } = await start();
    await browser.post('/posts', { ...form, wallTime: '2014-10-20T10:00' });
    const [post] = await Posts.find().lean();
    const path = `/posts/${post?._id}`;
    expect((await browser.post(`${path}/time`, { wallTime: 'soon' })).status).to.equal(422);
    expect((await browser.post(`${path}/time`, { wallTime: '2014-10-21T11:00' })).status).to.equal(303);
    expect((await Posts.findOne().lean())?.dueAt).to.deep.equal(new Date('2014-10-21T09:00:00Z'));
    expect((await browser.post(`${path}/cancellation`, { reason: 'Not now' })).status).to.equal(303);
    expect(await Deliveries.findOne().lean()).to.include({ state: 'cancelled' });
    expect((await browser.post(`${path}/cancellation`)).status).to.equal(409);
  });
});
