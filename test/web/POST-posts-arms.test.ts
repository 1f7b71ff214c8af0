import { expect } from 'chai';
import type { Message, Variant } from '../../server/domain/message.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { hashContent, Messages } from '../../server/models/message.ts';
import { Posts } from '../../server/models/post.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aCampaign, aMember, anAccount, anApprovedMessage, approved } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const QUESTION = 'Three mothers, one question: when did they stop telling us things? Call us.';
const OFFER = 'You can still call, day and night. Nobody asks for your name.';

describe('POST /posts with arms of an experiment', () => {
  useDatabase();
  const web = openWeb();

  async function start(texts: readonly [string, string], accounts?: readonly [string, string]) {
    const own = accounts ?? Array.from({ length: 2 }, () => '');
    const { _id: account } = await anAccount();
    const variants = texts.map((text, index): Variant => {
      const arm = index === 0 ? 'control' : 'empathy';
      const arms = { _id: newId(), network: 'x', language: 'en', arm, text } as const;
      return { ...arms, accounts: [own[index] || account] };
    });
    const message = await anApprovedMessage({ campaign: (await aCampaign())._id, variants });
    const browser = await signedIn(web, await aMember('scheduler'));
    const place = (index: number, wallTime: string, more: Record<string, string> = {}) =>
      browser.post('/posts', {
        message: message._id,
        variant: variants[index]?._id ?? '',
        account: variants[index]?.accounts[0] ?? '',
        when: 'at',
        wallTime,
        seenWarnings: 'yes',
        ...more,
      });
    return { browser, message, variants, account, place };
  }

  it('shows which arm stands where, and goes on from one to the other', async () => {
    const { browser, message, variants, account, place } = await start([QUESTION, OFFER]);
    const [control, empathy] = variants;
    const choose = await browser.get('/posts/new');
    expect(choose.text).to.include('X, en · arm control').and.to.include('X, en · arm empathy');
    const first = await browser.get(`/posts/new?message=${message._id}&variant=${control?._id}`);
    expect(first.text).to.include('Place it, then arm empathy').and.to.include('not on the calendar yet');
    expect(await htmlProblems(first.text)).to.deep.equal([]);

    const placed = await place(0, '2014-10-20T10:00', { next: empathy?._id ?? '' });
    expect(placed.status, placed.text).to.equal(303);
    const [path, query] = placed.headers.location?.split('?') ?? [];
    expect(path).to.equal('/posts/new');
    expect(Object.fromEntries(new URLSearchParams(query))).to.deep.equal({
      message: message._id,
      variant: empathy?._id,
      account,
      at: '2014-10-20T10:00',
    });
    const second = await browser.get(placed.headers.location ?? '');
    expect(second.text).to.include('20 Oct 2014').and.not.to.include('Place it, then');
    expect(await htmlProblems(second.text)).to.deep.equal([]);
    expect((await place(1, '2014-10-22T10:00')).headers.location).to.match(/^\/posts\/[0-9a-f]{24}$/);

    const posts = await Posts.find().sort({ dueAt: 1 }).lean();
    expect(posts.map(({ arm }) => arm)).to.deep.equal(['control', 'empathy']);
    expect((await Deliveries.find().sort({ dueAt: 1 }).lean()).map(({ arm }) => arm)).to.deep.equal([
      'control',
      'empathy',
    ]);
    const events = await TrailEvents.find({ verb: 'post scheduled' }).sort({ sequence: 1 }).lean();
    expect(events.map(({ details }) => details.arm)).to.deep.equal(['control', 'empathy']);
  });

  it('is named in the calendar, on the post, and where somebody is needed', async () => {
    const { browser, place } = await start([QUESTION, OFFER]);
    await place(1, '2014-10-20T10:00');
    await Deliveries.updateMany({}, { $set: { state: 'missed' } });
    const post = await Posts.findOne().lean();
    const delivery = await Deliveries.findOne().lean();
    for (const address of [
      '/calendar?view=month&date=2014-10-20',
      '/calendar?view=list&date=2014-10-20',
      `/posts/${post?._id}`,
      `/deliveries/${delivery?._id}`,
      '/deliveries',
      '/',
    ]) {
      const page = await browser.get(address);
      expect(page.status, address).to.equal(200);
      expect(page.text, address).to.include('arm empathy');
      expect(await htmlProblems(page.text), address).to.deep.equal([]);
    }
  });

  it('is the one approved now when a held post is placed again', async () => {
    const { browser, message, variants, place } = await start([QUESTION, OFFER]);
    await place(0, '2014-10-20T10:00');
    const renamed = variants.map((one, index) => (index === 0 ? { ...one, arm: 'question' } : one));
    const stored = await Messages.findByIdAndUpdate(
      message._id,
      { $set: { variants: renamed, contentHash: hashContent({ ...message, variants: renamed }) } },
      { returnDocument: 'after' },
    ).lean<Message>();
    await approved(stored!, new Date('2014-10-02'));
    await Deliveries.updateMany({}, { $set: { state: 'held', nextAt: null } });
    const post = await Posts.findOne().lean();
    const released = await browser.post(`/posts/${post?._id}/release`, {});
    expect(released.status, released.text).to.equal(303);
    expect((await Posts.findOne().lean())?.arm).to.equal('question');
    expect(await Deliveries.findOne().lean()).to.deep.include({ arm: 'question', state: 'scheduled' });
  });

  it('counts repetitions across arms: the same words twice in a day, or on two accounts, stay refused', async () => {
    const dressed = `${QUESTION} #comehome`;
    const once = await start([QUESTION, dressed]);
    expect((await once.place(0, '2014-10-20T10:00')).status).to.equal(303);
    const twice = await once.place(1, '2014-10-20T18:00');
    expect(twice.status).to.equal(422);
    expect(twice.text).to.include('already stands on this account');

    const other = 'You are not the only one who has not slept for weeks. Write to us.';
    const apart = await start([other, dressed], [(await anAccount())._id, (await anAccount())._id]);
    const elsewhere = await apart.place(1, '2014-10-25T18:00');
    expect(elsewhere.status).to.equal(422);
    expect(elsewhere.text).to.include('may stand on one account of a network only');
  });
});
