import { expect } from 'chai';
import { approveMessage } from '../../server/actions/approve-message.ts';
import { continueWithdrawals } from '../../server/actions/continue-withdrawals.ts';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { withdrawCampaign } from '../../server/actions/withdraw-campaign.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import type { Member } from '../../server/domain/member.ts';
import { Campaigns } from '../../server/models/campaign.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aMember } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';

const HOUR_MS = 60 * 60_000;

describe('Withdrawing a whole campaign', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let scheduler: Member;
  let stage: Stage;
  let live: Delivery;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    scheduler = await aMember('scheduler');
    stage = await aStage(context);
    live = await aDelivery(context, stage);
    await publish(live);
  });

  const publish = ({ lane }: Delivery) => publishLane(context, { lane }, new AbortController().signal);
  const goOn = () => continueWithdrawals(context, new AbortController().signal);
  const withdraw = () =>
    withdrawCampaign(context, scheduler, { campaign: live.campaign, reason: 'A hostage was taken' });
  const withdrawal = async () => (await Campaigns.findById(live.campaign).lean())?.withdrawal;
  const later = () => new Date(context.clock.now().getTime() + HOUR_MS);

  /** A second text of the same campaign on an account of its own. */
  async function another(): Promise<Stage> {
    const other = await aStage(context);
    await Messages.updateOne({ _id: other.message._id }, { $set: { campaign: live.campaign } });
    return other;
  }

  it('deletes what is out, cancels what waits and ends its approvals', async () => {
    const waiting = await aDelivery(context, await another(), later());
    await withdraw();
    expect(platform.withdrawn).to.deep.equal(['1']);
    expect((await reread(live)).state).to.equal('withdrawn');
    expect(await reread(waiting)).to.include({ state: 'cancelled', problem: 'A hostage was taken' });
    expect(await Messages.countDocuments({ campaign: live.campaign, state: 'approved' })).to.equal(0);
    expect(await withdrawal()).to.deep.include({ reason: 'A hostage was taken', member: scheduler._id });
    expect((await withdrawal())?.endedAt).to.be.instanceOf(Date);
    const verbs = (await TrailEvents.find({ campaign: live.campaign }).lean()).map(({ verb }) => verb);
    expect(verbs).to.include.members([
      'campaign withdrawn',
      'delivery withdrawn',
      'campaign withdrawal ended',
    ]);
  });

  it('ends a first of two approvals, and leaves its message in review', async () => {
    const { message } = await another();
    const half = { state: 'in-review', approval: null, standing: [newId()] };
    await Messages.updateOne({ _id: message._id }, { $set: half });
    await withdraw();
    const after = await Messages.findById(message._id).lean();
    expect(after).to.deep.include({ state: 'in-review', standing: [] });
    const voided = { verb: 'approval voided', subjectId: message._id };
    expect(await TrailEvents.countDocuments(voided)).to.equal(1);
  });

  it('leaves other campaigns alone', async () => {
    const other = await aDelivery(context, await aStage(context));
    await publish(other);
    await withdraw();
    expect((await reread(other)).state).to.equal('published');
  });

  it('takes back what was on its way as soon as it is known to be out', async () => {
    platform.outcomes.push({ kind: 'unknown', detail: 'timeout' });
    const unclear = await aDelivery(context, await another());
    await publish(unclear);
    await withdraw();
    expect((await reread(unclear)).state).to.equal('unknown');
    expect((await withdrawal())?.endedAt).to.equal(null);
    context.clock.advance(120);
    platform.found.push({
      kind: 'found',
      remoteId: '77',
      remoteUrl: 'https://x.example/77',
      publishedAt: context.clock.now(),
      copies: 1,
    });
    await publish(unclear);
    await goOn();
    expect((await reread(unclear)).state).to.equal('withdrawn');
    expect(platform.withdrawn).to.include('77');
    expect((await withdrawal())?.endedAt).to.be.instanceOf(Date);
  });

  it('waits as long as a network asks, then goes on', async () => {
    platform.outcomes.push({ kind: 'limited', detail: 'HTTP 429', retryAt: later() });
    await withdraw();
    expect(await reread(live)).to.include({ state: 'published', problem: '' });
    await goOn();
    expect(platform.withdrawn).to.have.length(1);
    context.clock.advance(61);
    await goOn();
    expect((await reread(live)).state).to.equal('withdrawn');
  });

  it('asks again after a silence, and at most five times', async () => {
    for (let time = 0; time < 6; time += 1) platform.outcomes.push({ kind: 'unknown', detail: 'timeout' });
    await withdraw();
    for (let time = 0; time < 7; time += 1) {
      context.clock.advance(61);
      await goOn();
    }
    expect(platform.withdrawn).to.have.length(5);
    expect((await reread(live)).problem).to.equal('Not withdrawn: timeout');
    expect((await withdrawal())?.endedAt).to.be.instanceOf(Date);
  });

  it('counts an adapter that breaks as an answer that never came, and goes on with the others', async () => {
    const other = await aDelivery(context, await another());
    await publish(other);
    platform.outcomes.push(() => Promise.reject(new Error('broken')));
    await withdraw();
    const states = [(await reread(live)).state, (await reread(other)).state].sort();
    expect(states).to.deep.equal(['published', 'withdrawn']);
    const left = await Deliveries.findOne({ campaign: live.campaign, state: 'published' }).lean();
    expect(left?.attempts.at(-1)).to.include({ kind: 'withdrawal', outcome: 'unknown' });
    expect(left?.leaseUntil).to.equal(null);
  });

  it('leaves to a person what a network refuses to delete, and asks again when ordered again', async () => {
    platform.outcomes.push({ kind: 'refused', detail: 'HTTP 403' });
    await withdraw();
    expect(await reread(live)).to.include({ state: 'published', problem: 'Not withdrawn: HTTP 403' });
    expect((await withdrawal())?.endedAt).to.be.instanceOf(Date);
    context.clock.advance(1);
    await withdraw();
    expect((await reread(live)).state).to.equal('withdrawn');
  });

  it('takes up a deletion whose sender was killed, once its lease is over', async () => {
    const answering = platform.withdraw;
    await new Promise<void>((resolve) => {
      platform.withdraw = () => new Promise(() => resolve());
      void withdraw();
    });
    platform.withdraw = answering;
    await goOn();
    expect(platform.withdrawn).to.deep.equal([]);
    context.clock.advance(60);
    await goOn();
    expect((await reread(live)).state).to.equal('withdrawn');
  });

  it('cancels what is found waiting by a process that was killed before it could', async () => {
    const waiting = await aDelivery(context, await another(), later());
    await Campaigns.updateOne(
      { _id: live.campaign },
      {
        $set: {
          withdrawal: { reason: 'Killed', member: scheduler._id, at: context.clock.now(), endedAt: null },
        },
      },
    );
    await goOn();
    expect((await reread(waiting)).state).to.equal('cancelled');
    expect((await reread(live)).state).to.equal('withdrawn');
  });

  it('places nothing of the campaign while it goes on', async () => {
    platform.outcomes.push({ kind: 'limited', detail: 'HTTP 429', retryAt: later() });
    await withdraw();
    const fresh = await another();
    expect(await nameOfFailure(aDelivery(context, fresh))).to.equal('campaign-being-withdrawn');
  });

  it('lets nobody approve what it would void again', async () => {
    platform.outcomes.push({ kind: 'limited', detail: 'HTTP 429', retryAt: later() });
    await withdraw();
    const { _id: message, contentHash } = stage.message;
    await Messages.updateOne({ _id: message }, { $set: { state: 'in-review' } });
    const decision = { message, contentHash, comment: '', checked: [] };
    const approval = approveMessage(context, await aMember('reviewer'), decision);
    expect(await nameOfFailure(approval)).to.equal('campaign-being-withdrawn');
  });

  it('says so when there is nothing to take back, and asks for the right role', async () => {
    await withdraw();
    expect(await nameOfFailure(withdraw())).to.equal('nothing-to-withdraw');
    const drafter = await aMember('drafter');
    const asDrafter = withdrawCampaign(context, drafter, { campaign: live.campaign, reason: 'No' });
    expect(await nameOfFailure(asDrafter)).to.equal('Forbidden');
    expect(await Deliveries.countDocuments({ state: 'withdrawn' })).to.equal(1);
  });
});
