import { expect } from 'chai';
import { approveMessage } from '../../server/actions/approve-message.ts';
import { assessHarm } from '../../server/actions/assess-harm.ts';
import { pauseEverything } from '../../server/actions/pause-everything.ts';
import { resolveDelivery } from '../../server/actions/resolve-delivery.ts';
import { resumeAccount } from '../../server/actions/resume-account.ts';
import { resumePublishing } from '../../server/actions/resume-publishing.ts';
import { reviseMessenger } from '../../server/actions/revise-messenger.ts';
import { schedulePost } from '../../server/actions/schedule-post.ts';
import { isApproved, type Message } from '../../server/domain/message.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import type { Versioned } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { Messengers } from '../../server/models/messenger.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aMember, aMessenger } from '../support/builders.ts';
import {
  aMessageInReview,
  assessed,
  HIGH_RISK,
  risksWith,
  wholeDecision,
} from '../support/builders-review.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';

describe('re-assessment', () => {
  useDatabase();

  async function reassess(context: ReturnType<typeof testContext>, message: Message, risks = risksWith()) {
    const { _id, contentHash } = message;
    return assessHarm(context, await aMember('reviewer'), { message: _id, contentHash, risks });
  }

  const placing = ({ message, variant, account }: Stage) => ({
    message: message._id,
    variant,
    accounts: [account._id],
    wallTime: '2014-10-20T09:00',
  });

  it('after a crisis comes before anything new is scheduled', async () => {
    const context = testContext();
    const stage = await aStage(context);
    await pauseEverything(context, await aMember('scheduler'), { reason: 'An attack in the city' });
    await resumePublishing(context, await aMember('administrator'));
    const place = () => schedulePost(context, stage.scheduler, placing(stage));
    expect(await nameOfFailure(place())).to.equal('assessment-before-crisis');
    await reassess(context, stage.message);
    expect(await nameOfFailure(place())).to.equal('none');
  });

  it('after a crisis comes before what became overdue goes out', async () => {
    const context = testContext();
    const stage = await aStage(context);
    const delivery = await aDelivery(context, stage);
    await pauseEverything(context, await aMember('scheduler'), { reason: 'An attack in the city' });
    context.clock.advance(30);
    await resumePublishing(context, await aMember('administrator'));
    const { _id, rev, state } = await reread(delivery);
    expect(state).to.equal('missed');
    const send = () =>
      resolveDelivery(context, stage.scheduler, { delivery: _id, rev, resolution: 'publish-now' });
    expect(await nameOfFailure(send())).to.equal('assessment-before-crisis');
    await reassess(context, stage.message);
    expect((await send()).state).to.equal('scheduled');
  });

  it('after a crisis comes before what is still scheduled goes out, unless a person lets its campaign go on', async () => {
    const context = testContext();
    const [held, renewed, free] = [await aStage(context), await aStage(context), await aStage(context)];
    const later = new Date(context.clock.now().getTime() + 3 * 86_400_000);
    const waiting = [];
    for (const stage of [held, renewed, free]) waiting.push(await aDelivery(context, stage, later));
    await pauseEverything(context, await aMember('scheduler'), { reason: 'An attack in the city' });
    context.clock.advance(30);
    await reassess(context, renewed.message);
    const letGo = [waiting[2]!.campaign];
    expect(new Set(waiting.map(({ campaign }) => campaign)).size).to.equal(3);
    const resumed = await resumePublishing(context, await aMember('administrator'), { letGo });
    expect(resumed).to.deep.equal({ missed: 0, held: 1 });
    const states = await Promise.all(waiting.map(async (one) => (await reread(one)).state));
    expect(states).to.deep.equal(['held', 'scheduled', 'scheduled']);
    expect((await reread(waiting[0]!)).problem).to.include('assess it anew');
    const event = await TrailEvents.findOne({ verb: 'publishing resumed' }).lean();
    expect(event?.details).to.deep.include({ held: 1, letGo });
  });

  it('after a crisis comes before what becomes due while publishing is being resumed', async () => {
    const context = testContext();
    const start = context.clock.now();
    const delivery = await aDelivery(context, await aStage(context), new Date(start.getTime() + 120_000));
    await pauseEverything(context, await aMember('scheduler'), { reason: 'An attack in the city' });
    const passing = () => {
      context.clock.advance(1);
      return context.clock.now();
    };
    const slow = { ...context, clock: { ...context.clock, now: passing } };
    await resumePublishing(slow, await aMember('administrator'));
    expect((await reread(delivery)).state).to.equal('held');
  });

  it('after a crisis comes before what waits for an account to be connected again', async () => {
    const context = testContext();
    const delivery = await aDelivery(context, await aStage(context));
    await Deliveries.updateOne({ _id: delivery._id }, { $set: { state: 'auth-needed', nextAt: null } });
    await pauseEverything(context, await aMember('scheduler'), { reason: 'An attack in the city' });
    await resumePublishing(context, await aMember('administrator'));
    expect((await resumeAccount(context, { account: delivery.account })).resumed).to.equal(0);
    expect((await reread(delivery)).state).to.equal('held');
  });

  it('that asks for more than the approval gave ends it, and holds what waits', async () => {
    const context = testContext();
    const stage = await aStage(context);
    const delivery = await aDelivery(context, stage);
    await reassess(context, stage.message);
    expect(isApproved((await Messages.findById(stage.message._id).lean())!)).to.equal(true);
    await reassess(context, stage.message, risksWith(HIGH_RISK));
    expect(await Messages.findById(stage.message._id).lean()).to.include({
      state: 'in-review',
      approval: null,
    });
    expect((await reread(delivery)).state).to.equal('held');
    expect(await TrailEvents.countDocuments({ verb: 'approval ended by assessment' })).to.equal(1);
  });

  it('is never done by whoever wrote the message', async () => {
    const context = testContext();
    const author = await aMember('drafter', 'reviewer');
    const { message } = await aStage(context, { message: { writers: [author._id] } });
    const { _id, contentHash } = message;
    const own = assessHarm(context, author, { message: _id, contentHash, risks: risksWith() });
    expect(await nameOfFailure(own)).to.equal('own-work');
  });

  it('follows a change of the messenger that is material to their safety, and only such a change', async () => {
    const context = testContext();
    const messenger = await aMessenger();
    const message = await aMessageInReview({ messenger: messenger._id });
    await reassess(context, message);
    const drafter = await aMember('drafter');
    const change = async (fields: object) => {
      const stored = (await Messengers.findById(messenger._id).lean<Versioned<typeof messenger>>())!;
      return reviseMessenger(context, drafter, { ...stored, messenger: messenger._id, ...fields });
    };
    await change({ credibility: 'Speaks at schools' });
    const reviewer = await aMember('reviewer');
    const approve = () => approveMessage(context, reviewer, wholeDecision(message));
    await change({ safety: 'Was threatened in September' });
    expect(await nameOfFailure(approve())).to.equal('assessment-outdated');
    await assessed(message);
    await reassess(context, message);
    expect((await approve()).state).to.equal('approved');
  });
});
