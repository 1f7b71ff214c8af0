import { expect } from 'chai';
import { continueWithdrawals } from '../../server/actions/continue-withdrawals.ts';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { withdrawCampaign } from '../../server/actions/withdraw-campaign.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { Campaigns } from '../../server/models/campaign.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { aMember } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread } from '../support/publishing.ts';

describe('Withdrawing a campaign with hundreds of posts', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let live: Delivery;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    live = await aDelivery(context, await aStage(context));
    await publishLane(context, { lane: live.lane }, new AbortController().signal);
  });

  const withdraw = async () =>
    withdrawCampaign(context, await aMember('scheduler'), {
      campaign: live.campaign,
      reason: 'A hostage was taken',
    });
  const withdrawal = async () => (await Campaigns.findById(live.campaign).lean())?.withdrawal;
  const later = () => new Date(context.clock.now().getTime() + 3_600_000);

  it('asks a network once where access is over, hands the rest to a person, and goes on with the others', async () => {
    const old = (await Deliveries.findById(live._id).lean())!;
    const dead = { ...old, account: newId(), publishedAt: later() };
    const many = Array.from({ length: 501 }, () => ({ ...dead, _id: newId(), post: newId() }));
    await Deliveries.insertMany(many);
    await withdraw();
    await continueWithdrawals(context, new AbortController().signal);
    expect((await reread(live)).state).to.equal('withdrawn');
    expect(platform.withdrawn).to.deep.equal(['1']);
    const left = await Deliveries.find({ account: dead.account }).lean();
    expect(new Set(left.map(({ problem }) => problem))).to.deep.equal(
      new Set(['Not withdrawn: The account is not connected.']),
    );
    expect((await withdrawal())?.endedAt).to.be.instanceOf(Date);
  });

  it('asks no network again that has just said that access is over', async () => {
    const second = { ...(await Deliveries.findById(live._id).lean())!, _id: newId(), post: newId() };
    await Deliveries.insertMany([{ ...second, publishedAt: later() }]);
    const refused = { kind: 'unauthorised', detail: 'HTTP 401' } as const;
    platform.outcomes.push(refused, refused);
    await withdraw();
    expect(platform.withdrawn).to.have.length(1);
    expect(await Deliveries.countDocuments({ problem: 'Not withdrawn: HTTP 401' })).to.equal(2);
  });

  it('cancels more than one batch of what waits', async () => {
    const other = await aStage(context);
    await Messages.updateOne({ _id: other.message._id }, { $set: { campaign: live.campaign } });
    const waiting = await aDelivery(context, other, later());
    const one = (await Deliveries.findById(waiting._id).lean())!;
    await Deliveries.insertMany(Array.from({ length: 450 }, () => ({ ...one, _id: newId(), post: newId() })));
    await withdraw();
    expect(await Deliveries.countDocuments({ state: 'cancelled' })).to.equal(451);
    expect(await Deliveries.countDocuments({ state: 'scheduled' })).to.equal(0);
  });

  it('reaches what is older than hundreds that are left to a person', async () => {
    const started = { number: 2, kind: 'withdrawal', startedAt: later(), endedAt: later() } as const;
    const refused = {
      ...started,
      outcome: 'refused',
      detail: '',
      fencingToken: 1,
      incarnation: 'i',
    } as const;
    const left = {
      attempts: [...live.attempts, refused],
      problem: 'Not withdrawn: no',
      publishedAt: later(),
    };
    const old = await Deliveries.findById(live._id).lean();
    const many = Array.from({ length: 501 }, () => ({ ...old, ...left, _id: newId(), post: newId() }));
    await Deliveries.insertMany(many);
    await withdraw();
    expect((await reread(live)).state).to.equal('withdrawn');
    expect(platform.withdrawn).to.deep.equal(['1']);
    expect((await withdrawal())?.endedAt).to.be.instanceOf(Date);
  });
});
