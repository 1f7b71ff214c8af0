import { expect } from 'chai';
import { cancelPost } from '../../server/actions/cancel-post.ts';
import { holdDeliveries } from '../../server/actions/hold-deliveries.ts';
import { movePost } from '../../server/actions/move-post.ts';
import { releasePost } from '../../server/actions/release-post.ts';
import { type SchedulePostInput, schedulePost } from '../../server/actions/schedule-post.ts';
import { PUBLISHING_TIMES } from '../../server/domain/publishing-times.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';
import { Conflict, Forbidden } from '../../server/errors.ts';
import { Accounts } from '../../server/models/account.ts';
import { Campaigns } from '../../server/models/campaign.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { Messages } from '../../server/models/message.ts';
import { Messengers } from '../../server/models/messenger.ts';
import { Posts } from '../../server/models/post.ts';
import { Reviews } from '../../server/models/review.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { schedulableMessages } from '../../server/queries/schedulable.ts';
import { aMember, aMessenger, anAccount, approved } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';

describe('placing posts on the calendar', () => {
  useDatabase();
  let context: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    context = testContext();
    stage = await aStage(context);
  });

  const place = (input: Partial<SchedulePostInput> = {}) =>
    schedulePost(context, stage.scheduler, {
      message: stage.message._id,
      variant: stage.variant,
      accounts: [stage.account._id],
      wallTime: '2014-10-14T18:30',
      ...input,
    });

  async function ruleOf(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    if (!(error instanceof RuleViolation)) throw error ?? new Error('no rule was broken');
    return error.rule;
  }

  it('freezes the approved text, due in the account’s own time zone', async () => {
    const post = await place();
    expect(post).to.deep.include({ timeZone: 'Europe/Brussels', wallTime: '2014-10-14T18:30' });
    const delivery = await Deliveries.findOne({ post: post._id }).lean();
    expect(delivery).to.deep.include({
      state: 'scheduled',
      dueAt: new Date('2014-10-14T16:30Z'),
      nextAt: new Date('2014-10-14T16:30Z'),
      text: stage.message.variants[0]?.text,
      contentHash: stage.message.contentHash,
      rev: 1,
    });
    expect(await TrailEvents.exists({ verb: 'post scheduled', subjectId: post._id })).not.to.equal(null);
  });

  it('sets the alarm only when the time is near; the sweep sets the others', async () => {
    await place();
    expect(context.queue.wakeUps).to.have.length(0);
    await place({ wallTime: '2014-10-16T09:00' });
    context.clock.set('2014-10-18T06:50:00Z');
    const post = await place({ wallTime: '2014-10-18T09:00' });
    const ahead = PUBLISHING_TIMES.leadMs;
    expect(context.queue.wakeUps.map(({ at }) => post.dueAt.getTime() - at.getTime())).to.deep.equal([ahead]);
  });

  it('publishes now at the present instant, with the alarm at once', async () => {
    const post = await place({ publishNow: true, wallTime: '' });
    expect(post.dueAt).to.deep.equal(context.clock.now());
    expect(context.queue.wakeUps).to.have.length(1);
  });

  it('takes nothing new from an approval of more than 180 days ago, and offers it no more', async () => {
    const { approval } = stage.message;
    if (!approval) throw new Error('the stage holds an approved message');
    const DAY = 24 * 60 * 60_000;
    context.clock.set(new Date(approval.at.getTime() + 180 * DAY).toISOString());
    expect(await ruleOf(place({ publishNow: true, wallTime: '' }))).to.equal('approval-expired');
    expect(await schedulableMessages(context.clock.now())).to.deep.equal([]);
    expect(await schedulableMessages(approval.at)).to.have.length(1);
  });

  for (const wallTime of ['', 'garbage', '2014-02-30T10:00']) {
    it(`places nothing for the time ${JSON.stringify(wallTime)}`, async () => {
      expect(await ruleOf(place({ wallTime }))).to.equal('time-invalid');
      expect(await Posts.countDocuments()).to.equal(0);
      expect(context.queue.wakeUps).to.have.length(0);
    });
  }

  it('puts a time that the clocks skip or repeat to the person', async () => {
    expect(await ruleOf(place({ wallTime: '2014-10-26T02:30' }))).to.equal('time-happens-twice');
    const post = await place({ wallTime: '2014-10-26T02:30', occurrence: 'later' });
    expect(post.dueAt).to.deep.equal(new Date('2014-10-26T01:30Z'));
  });

  it('refuses a time that is over', async () => {
    expect(await ruleOf(place({ wallTime: '2014-10-14T08:00' }))).to.equal('time-in-past');
  });

  it('refuses a text whose approval nobody’s decision is on record for', async () => {
    await Reviews.deleteMany({ message: stage.message._id });
    expect(await ruleOf(place())).to.equal('approval-unrecorded');
  });

  it('refuses a text that was edited after its approval', async () => {
    const message = await Messages.findById(stage.message._id);
    message!.variants[0]!.text = 'Something else.';
    await message!.save();
    expect(await ruleOf(place())).to.equal('not-approved');
  });

  it('refuses accounts that are not fit, each for its own reason', async () => {
    const { _id } = stage.account;
    await Accounts.updateOne({ _id }, { state: 'paused' });
    expect(await ruleOf(place())).to.equal('account-not-enabled');
    await Accounts.updateOne({ _id }, { state: 'enabled', 'disclosure.automatedLabel': false });
    expect(await ruleOf(place())).to.equal('account-not-disclosed');
    await Accounts.updateOne({ _id }, { home: 'live' });
    expect(await ruleOf(place())).to.equal('account-other-home');
    const stranger = await anAccount();
    expect(await ruleOf(place({ accounts: [stranger._id] }))).to.equal('account-not-approved');
    expect(await ruleOf(place({ accounts: [], timeZone: 'UTC' }))).to.equal('account-needed');
  });

  it('refuses a similar text on another account of the network', async () => {
    await place();
    const text = `${stage.message.variants[0]!.text} https://example.org #comehome`;
    stage = await aStage(context, { text });
    expect(await ruleOf(place())).to.equal('text-on-several-accounts');
  });

  it('refuses the same text twice on one account within a day, as when a form is sent twice', async () => {
    await place();
    expect(await ruleOf(place({ wallTime: '2014-10-14T19:00' }))).to.equal('already-placed');
    await place({ wallTime: '2014-10-16T18:30' });
  });

  it('places one post of a form that is sent six times in the same moment', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => place()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await Deliveries.countDocuments()).to.equal(1);
  });

  it('moves nothing to where the same text stands already', async () => {
    await place({ wallTime: '2014-10-14T18:30' });
    const other = await place({ wallTime: '2014-10-20T18:30' });
    expect(
      await ruleOf(movePost(context, stage.scheduler, { post: other._id, wallTime: '2014-10-15T09:00' })),
    ).to.equal('already-placed');
  });

  it('refuses what the messenger did not agree to', async () => {
    const messenger = await aMessenger({
      consent: {
        scope: 'This campaign',
        networks: ['x'],
        givenOn: new Date('2014-08-01'),
        expiresOn: new Date('2014-10-15'),
        withdrawnAt: null,
      },
    });
    stage = await aStage(context, { message: { messenger: messenger._id } });
    await place();
    expect(await ruleOf(place({ wallTime: '2014-10-17T18:30' }))).to.equal('consent-does-not-cover');
    await Messengers.deleteOne({ _id: messenger._id });
    expect(await ruleOf(place({ wallTime: '2014-10-14T18:30' }))).to.equal('consent-does-not-cover');
  });

  it('refuses posts of a closed campaign', async () => {
    await Campaigns.updateOne({ _id: stage.message.campaign }, { state: 'closed' });
    expect(await ruleOf(place())).to.equal('campaign-closed');
  });

  it('lets schedulers only', async () => {
    stage = { ...stage, scheduler: await aMember('drafter', 'reviewer') };
    const error = await place().catch((thrown: Error) => thrown);
    expect(error).to.be.instanceOf(Forbidden);
  });

  it('moves what has not left, so that a claim made before is void', async () => {
    const delivery = await aDelivery(context, stage, new Date('2014-10-14T16:30Z'));
    await movePost(context, stage.scheduler, { post: delivery.post, wallTime: '2014-10-15T10:00' });
    const moved = await reread(delivery);
    expect(moved).to.deep.include({ state: 'scheduled', rev: 2, dueAt: new Date('2014-10-15T08:00Z') });
    expect(moved.nextAt).to.deep.equal(moved.dueAt);
  });

  it('moves nothing that has left', async () => {
    const delivery = await aDelivery(context, stage);
    await Deliveries.updateOne({ _id: delivery._id }, { state: 'sending' });
    const moving = movePost(context, stage.scheduler, { post: delivery.post, wallTime: '2014-10-15T10:00' });
    expect(await moving.catch((thrown: Error) => thrown)).to.be.instanceOf(Conflict);
  });

  it('cancels what has not left, and says so when all has', async () => {
    const delivery = await aDelivery(context, stage);
    await cancelPost(context, stage.scheduler, { post: delivery.post, reason: 'Wrong day' });
    expect(await reread(delivery)).to.deep.include({
      state: 'cancelled',
      nextAt: null,
      problem: 'Wrong day',
    });
    const again = await cancelPost(context, stage.scheduler, { post: delivery.post }).catch((e: Error) => e);
    expect(again).to.be.instanceOf(Conflict);
  });

  it('holds the posts of an edited message until they are placed again with the newly approved text', async () => {
    const delivery = await aDelivery(context, stage, new Date('2014-10-14T16:30Z'));
    const message = await Messages.findById(stage.message._id);
    message!.variants[0]!.text = 'A better text. Call us.';
    message!.set({ state: 'draft', approval: null });
    await message!.save();
    await holdDeliveries(context, { message: message!._id, actor: null, reason: 'Edited' });
    expect(await reread(delivery)).to.deep.include({ state: 'held', rev: 2, nextAt: null });
    expect(await ruleOf(releasePost(context, stage.scheduler, { post: delivery.post }))).to.equal(
      'not-approved',
    );

    const { contentHash } = await approved(message!.toObject(), context.clock.now());
    const post = await releasePost(context, stage.scheduler, { post: delivery.post });
    expect(post).to.include({ text: 'A better text. Call us.', contentHash });
    expect(await reread(delivery)).to.deep.include({
      state: 'scheduled',
      text: post.text,
      contentHash,
      rev: 3,
    });
  });
});
