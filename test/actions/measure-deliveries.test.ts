import { expect } from 'chai';
import { expireReplyTexts } from '../../server/actions/expire-reply-texts.ts';
import { keepCredential } from '../../server/actions/keep-credential.ts';
import { measureDeliveries } from '../../server/actions/measure-deliveries.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { Campaigns } from '../../server/models/campaign.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { Measurements } from '../../server/models/measurement.ts';
import { Replies } from '../../server/models/reply.ts';
import { ThreadKeys } from '../../server/models/thread-key.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import type { MeasureOutcome, Measures, RemoteReply } from '../../server/platforms/platform.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aCampaign, anAccount } from '../support/builders.ts';
import { aPublishedDelivery } from '../support/builders-evaluation.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

const PUBLISHED = new Date('2014-10-14T06:00:00Z');
const figures = (fields: Partial<Measures> = {}): Measures => ({
  impressions: 900,
  likes: 12,
  reposts: 3,
  replies: 1,
  quotes: null,
  bookmarks: null,
  linkClicks: null,
  profileClicks: null,
  ...fields,
});

describe('Measuring what was published', () => {
  useDatabase();
  let context: TestContext;
  let asked: string[][];
  let measures: (remoteIds: readonly string[]) => MeasureOutcome;
  let answered: RemoteReply[];
  let lookedSince: (Date | null)[];
  let account: string;
  let campaign: string;

  beforeEach(async () => {
    asked = [];
    answered = [];
    lookedSince = [];
    measures = (ids) => ({ kind: 'measured', byRemoteId: new Map(ids.map((id) => [id, figures()])) });
    context = testContext({
      platforms: {
        x: acceptingPlatform({
          measure: async (_credential, ids) => {
            asked.push([...ids]);
            return measures(ids);
          },
          replies: async (_credential, _id, since) => {
            lookedSince.push(since);
            return { kind: 'read', replies: answered };
          },
        }),
      },
    });
    ({ _id: account } = await anAccount());
    ({ _id: campaign } = await aCampaign({ state: 'running' }));
    await keepCredential(context, account, { accessToken: 'token' });
  });

  const aDelivery = (fields: Partial<Delivery> = {}) =>
    aPublishedDelivery({ account, campaign, publishedAt: PUBLISHED, ...fields });

  it('stores figures when their turn comes, and not again before', async () => {
    const delivery = await aDelivery();
    context.clock.set('2014-10-14T06:14:00Z');
    await measureDeliveries(context);
    expect(asked).to.have.length(0);
    context.clock.set('2014-10-14T06:15:20Z');
    await measureDeliveries(context);
    await measureDeliveries(context);
    expect(asked).to.deep.equal([[delivery.remoteId]]);
    const [taken] = await Measurements.find().lean();
    expect(taken).to.deep.include({
      delivery: delivery._id,
      campaign,
      takenAt: new Date('2014-10-14T06:15:00Z'),
      ageMinutes: 15,
      likes: 12,
      quotes: null,
    });
    expect(taken?._id).to.match(/^[0-9a-f]{24}$/);
  });

  it('stores a figure once when two processes take it in the same minute', async () => {
    await aDelivery();
    await Promise.all([measureDeliveries(context), measureDeliveries(context)]);
    expect(await Measurements.countDocuments()).to.equal(1);
  });

  it('asks for a hundred at once', async () => {
    await Promise.all(Array.from({ length: 103 }, () => aDelivery()));
    await measureDeliveries(context);
    expect(asked.map((ids) => ids.length)).to.deep.equal([100, 3]);
    expect(await Measurements.countDocuments()).to.equal(103);
  });

  it('notes what is gone from the network, once, and asks no more', async () => {
    const { _id } = await aDelivery();
    measures = () => ({ kind: 'measured', byRemoteId: new Map() });
    await measureDeliveries(context);
    context.clock.advance(60);
    await measureDeliveries(context);
    expect(asked).to.have.length(1);
    expect(await Measurements.countDocuments()).to.equal(0);
    expect(await Deliveries.findById(_id).lean())
      .to.have.property('goneAt')
      .that.is.a('date');
    expect(await TrailEvents.countDocuments({ verb: 'post gone from the network' })).to.equal(1);
  });

  it('tries again later what the network did not tell', async () => {
    await aDelivery();
    measures = () => ({ kind: 'limited', retryAt: new Date() });
    await measureDeliveries(context);
    measures = (ids) => ({ kind: 'measured', byRemoteId: new Map(ids.map((id) => [id, figures()])) });
    await measureDeliveries(context);
    expect(await Measurements.countDocuments()).to.equal(1);
  });

  it('leaves accounts of the other home alone', async () => {
    const live = await anAccount({ home: 'live' });
    await aDelivery({ account: live._id });
    await measureDeliveries(context);
    expect(asked).to.have.length(0);
  });

  describe('replies', () => {
    const reply: RemoteReply = {
      remoteId: '900100',
      authorRemoteId: '4711',
      text: '@comehome_eu I am @sam_b, sam@mail.example, call +32 470 12 34 56, see https://x.com/sam_b',
      language: 'en',
      createdAt: new Date('2014-10-14T06:30:00Z'),
    };

    it('are stored without anything that says who', async () => {
      await aDelivery();
      answered = [reply];
      await measureDeliveries(context);
      const [stored] = await Replies.find().lean();
      expect(stored?.text).to.equal('[handle] I am [handle], [e-mail], call [number], see [link]');
      expect(stored?.textExpiresAt).to.deep.equal(new Date('2015-01-12T06:30:00Z'));
      const raw = JSON.stringify(await Replies.collection.find().toArray());
      for (const trace of ['sam', '"4711"', '900100', '470 12', 'x.com']) expect(raw).not.to.include(trace);
    });

    it('are stored once, however often they are read', async () => {
      await aDelivery();
      answered = [reply];
      await measureDeliveries(context);
      context.clock.advance(60);
      await measureDeliveries(context);
      expect(await Replies.countDocuments()).to.equal(1);
      expect(lookedSince).to.deep.equal([null, new Date('2014-10-14T05:30:00Z')]);
    });

    it('share a thread when one person writes twice, and no thread across posts', async () => {
      await aDelivery();
      answered = [
        reply,
        { ...reply, remoteId: '900101' },
        { ...reply, remoteId: '900102', authorRemoteId: '4712' },
      ];
      await measureDeliveries(context);
      await aDelivery();
      answered = [{ ...reply, remoteId: '900103' }];
      await measureDeliveries(context);
      const threads = (await Replies.find().lean()).map(({ threadKey }) => threadKey);
      expect(threads).to.have.length(4);
      expect(new Set(threads)).to.have.length(3);
    });

    it('are not asked for where the network counts none', async () => {
      await aDelivery();
      measures = (ids) => ({
        kind: 'measured',
        byRemoteId: new Map(ids.map((id) => [id, figures({ replies: 0 })])),
      });
      await measureDeliveries(context);
      expect(lookedSince).to.have.length(0);
    });

    it('of a closed campaign are not read any more, and its key is not made anew', async () => {
      await aDelivery();
      await Campaigns.updateOne({ _id: campaign }, { state: 'closed' });
      answered = [reply];
      await measureDeliveries(context);
      expect(await Replies.countDocuments()).to.equal(0);
      expect(await ThreadKeys.countDocuments()).to.equal(0);
    });

    it('lose their text when its days are over, and keep their code', async () => {
      await aDelivery();
      answered = [reply];
      await measureDeliveries(context);
      await Replies.updateOne({}, { code: 'constructive' });
      context.clock.set('2015-01-12T06:29:00Z');
      await expireReplyTexts(context);
      expect((await Replies.findOne().lean())?.text).to.be.a('string');
      context.clock.advance(1);
      await expireReplyTexts(context);
      await expireReplyTexts(context);
      expect(await Replies.findOne().lean()).to.include({ text: null, code: 'constructive' });
      expect(await TrailEvents.countDocuments({ verb: 'reply texts deleted' })).to.equal(1);
    });
  });
});
