import { expect } from 'chai';
import { claimDeliveries } from '../../server/actions/claim-deliveries.ts';
import { pauseEverything } from '../../server/actions/pause-everything.ts';
import { publishDelivery } from '../../server/actions/publish-delivery.ts';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { resolveDelivery } from '../../server/actions/resolve-delivery.ts';
import { resumeAccount } from '../../server/actions/resume-account.ts';
import { resumePublishing } from '../../server/actions/resume-publishing.ts';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import { withdrawDelivery } from '../../server/actions/withdraw-delivery.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';
import { Accounts } from '../../server/models/account.ts';
import { Credentials } from '../../server/models/credential.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { Messages } from '../../server/models/message.ts';
import { deliveryHistory } from '../../server/queries/delivery-history.ts';
import { aMember } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';

describe('keeping back what may not leave', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let stage: Stage;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    stage = await aStage(context);
  });

  const claim = async ({ _id }: Delivery) => (await claimDeliveries(context, [_id])).claimed;
  const run = ({ lane }: Delivery) => publishLane(context, { lane }, new AbortController().signal);
  const runLater = async (delivery: Delivery, minutes: number) => {
    context.clock.advance(minutes);
    await run(delivery);
    return reread(delivery);
  };

  it('never sends a text that was edited after its approval', async () => {
    const delivery = await aDelivery(context, stage);
    const message = await Messages.findById(stage.message._id);
    message!.variants[0]!.text = 'Edited.';
    await message!.save();
    await run(delivery);
    expect(platform.sent).to.have.length(0);
    expect((await reread(delivery)).state).to.equal('held');
  });

  it('never sends a text that was edited between the claim and the sending', async () => {
    const delivery = await aDelivery(context, stage);
    const [claimed] = await claim(delivery);
    await Messages.updateOne({ _id: stage.message._id }, { $set: { contentHash: 'other' } });
    await publishDelivery(context, claimed!);
    expect(platform.sent).to.have.length(0);
    expect((await reread(delivery)).state).to.equal('retry-wait');
    expect((await runLater(delivery, 1)).state).to.equal('held');
  });

  it('gives up what is more than an hour late, and asks a person', async () => {
    const delivery = await aDelivery(context, stage);
    expect((await runLater(delivery, 61)).state).to.equal('missed');
    const scheduler = await aMember('scheduler');
    const { rev } = await reread(delivery);
    await resolveDelivery(context, scheduler, { delivery: delivery._id, rev, resolution: 'publish-now' });
    await run(delivery);
    expect((await reread(delivery)).state).to.equal('published');
  });

  it('lets one of two claimers win', async () => {
    const delivery = await aDelivery(context, stage);
    const other = { ...context, queue: { ...context.queue, name: 'other' } };
    const byOther = claimDeliveries(other, [delivery._id]).then(({ claimed }) => claimed);
    const claims = await Promise.all([claim(delivery), byOther, claim(delivery)]);
    expect(claims.flat()).to.have.length(1);
  });

  it('does not send under a claim that was taken away', async () => {
    const delivery = await aDelivery(context, stage);
    const [claimed] = await claim(delivery);
    context.clock.advance(1);
    await sweepDeliveries(context);
    const [again] = await claim(delivery);
    expect(await publishDelivery(context, claimed!)).to.equal(null);
    expect(platform.sent).to.have.length(0);
    expect((await publishDelivery(context, again!))?.state).to.equal('published');
  });

  it('records an acceptance even when the lease has run out meanwhile', async () => {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push(async () => {
      context.clock.advance(1);
      await sweepDeliveries(context);
      return { kind: 'accepted', remoteId: '5', remoteUrl: 'https://x.example/5' };
    });
    await run(delivery);
    expect(await reread(delivery)).to.deep.include({ state: 'published', remoteId: '5' });
  });

  it('sends nothing while paused, and lets people look at what became overdue', async () => {
    const delivery = await aDelivery(context, stage);
    const member = await aMember('scheduler');
    await pauseEverything(context, member, { reason: 'Attack in the city' });
    await run(delivery);
    expect(platform.sent).to.have.length(0);
    expect((await resumePublishing(context, member)).missed).to.equal(1);
    await run(delivery);
    expect(platform.sent).to.have.length(0);
    expect((await reread(delivery)).state).to.equal('missed');
  });

  it('sends nothing that was claimed before the pause was acknowledged', async () => {
    const delivery = await aDelivery(context, stage);
    const [claimed] = await claim(delivery);
    await pauseEverything(context, await aMember('scheduler'), { reason: 'Attack' });
    await publishDelivery(context, claimed!);
    expect(platform.sent).to.have.length(0);
  });

  it('acknowledges a pause only when what was leaving has left', async () => {
    const delivery = await aDelivery(context, stage);
    let acknowledged = false;
    let pausing: Promise<unknown> = Promise.resolve();
    platform.outcomes.push(async () => {
      pausing = pauseEverything(context, await aMember('scheduler'), { reason: 'Attack' }).then(() => {
        acknowledged = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(acknowledged).to.equal(false);
      return { kind: 'accepted', remoteId: '1', remoteUrl: 'https://x.example/1' };
    });
    await run(delivery);
    await pausing;
    expect(acknowledged).to.equal(true);
  });

  it('holds an account’s posts while its credential is dead, and goes on once it is connected', async () => {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push({ kind: 'unauthorised', detail: 'Revoked.' });
    await run(delivery);
    expect((await Accounts.findById(stage.account._id).lean())?.state).to.equal('auth-needed');
    await Accounts.updateOne({ _id: stage.account._id }, { state: 'enabled' });
    expect(await resumeAccount(context, { account: stage.account._id })).to.deep.equal({ resumed: 1 });
    await run(delivery);
    expect((await reread(delivery)).state).to.equal('published');
  });

  it('asks for a credential when none is stored, without a try', async () => {
    const delivery = await aDelivery(context, stage);
    await Credentials.deleteMany({});
    await run(delivery);
    expect(await reread(delivery)).to.deep.include({ state: 'auth-needed', attempts: [] });
  });

  it('lets a second person, and nobody else, send an unclear post again', async () => {
    const delivery = await aDelivery(context, stage);
    await Deliveries.updateOne({ _id: delivery._id }, { state: 'needs-person', nextAt: null });
    const input = { delivery: delivery._id, rev: 1, resolution: 'send-again' as const };
    const own = await resolveDelivery(context, stage.scheduler, input).catch((thrown: Error) => thrown);
    expect(own).to.be.instanceOf(RuleViolation);
    await resolveDelivery(context, await aMember('scheduler'), input);
    await run(delivery);
    expect((await reread(delivery)).state).to.equal('published');
  });

  it('takes a post back from the network, and tells its whole history', async () => {
    const delivery = await aDelivery(context, stage);
    await run(delivery);
    await withdrawDelivery(context, stage.scheduler, { delivery: delivery._id, reason: 'Misread' });
    expect(platform.withdrawn).to.deep.equal(['1']);
    const { delivery: withdrawn, entries } = await deliveryHistory(delivery._id);
    expect(withdrawn.state).to.equal('withdrawn');
    expect(withdrawn.attempts.map(({ kind, outcome }) => [kind, outcome])).to.deep.equal([
      ['publication', 'accepted'],
      ['withdrawal', 'accepted'],
    ]);
    expect(entries.filter(({ kind }) => kind === 'event').length).to.equal(3);
  });
});
