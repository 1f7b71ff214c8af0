import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import type { Outcome } from '../../server/domain/outcome.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { Incarnations } from '../../server/models/incarnation.ts';
import { deliveriesNeedingSomeone } from '../../server/queries/deliveries-needing-someone.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';

describe('publishing what is due', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let stage: Stage;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    stage = await aStage(context);
  });

  const run = ({ lane }: Delivery) => publishLane(context, { lane }, new AbortController().signal);
  const runLater = async (delivery: Delivery, minutes: number) => {
    context.clock.advance(minutes);
    await run(delivery);
    return reread(delivery);
  };

  it('sends the approved text once and records where it stands', async () => {
    const delivery = await aDelivery(context, stage);
    await run(delivery);
    await run(delivery);
    expect(platform.sent.map(({ text, deliveryKey }) => [text, deliveryKey])).to.deep.equal([
      [delivery.text, delivery._id],
    ]);
    const published = await reread(delivery);
    expect(published).to.deep.include({ state: 'published', remoteId: '1', nextAt: null });
    expect(published.attempts[0]).to.include({ outcome: 'accepted', kind: 'publication' });
  });

  it('sends nothing before it is due', async () => {
    const delivery = await aDelivery(context, stage, new Date(context.clock.now().getTime() + 60_000));
    await run(delivery);
    expect(platform.sent).to.have.length(0);
    expect((await runLater(delivery, 1)).state).to.equal('published');
  });

  it('has the intent on record before anything leaves', async () => {
    const delivery = await aDelivery(context, stage);
    let atDeparture: Delivery | undefined;
    platform.outcomes.push(async () => {
      atDeparture = await reread(delivery);
      return { kind: 'accepted', remoteId: '9', remoteUrl: 'https://x.example/9' };
    });
    await run(delivery);
    expect(atDeparture?.state).to.equal('sending');
    expect(atDeparture?.attempts).to.have.length(1);
    expect(atDeparture?.attempts[0]).to.include({ outcome: null, endedAt: null, incarnation: 'test' });
  });

  const outcomes: [Outcome, Delivery['state']][] = [
    [{ kind: 'refused', detail: 'No.' }, 'failed'],
    [{ kind: 'not-sent', detail: 'ENOTFOUND' }, 'retry-wait'],
    [{ kind: 'limited', detail: 'Slow down.', retryAt: new Date('2014-10-14T07:15Z') }, 'retry-wait'],
    [{ kind: 'unauthorised', detail: 'Revoked.' }, 'auth-needed'],
    [{ kind: 'unknown', detail: 'Timeout.' }, 'unknown'],
  ];
  for (const [outcome, state] of outcomes) {
    it(`becomes ${state} when the outcome is ${outcome.kind}, and sends once`, async () => {
      const delivery = await aDelivery(context, stage);
      platform.outcomes.push(outcome);
      await run(delivery);
      expect(await reread(delivery)).to.include({ state });
      expect(platform.sent).to.have.length(1);
    });
  }

  it('takes an adapter that throws for an unknown outcome', async () => {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push(() => Promise.reject(new TypeError('broken')));
    await run(delivery);
    expect((await reread(delivery)).state).to.equal('unknown');
  });

  it('tries again under the same key after what certainly was not sent', async () => {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push({ kind: 'not-sent', detail: 'ENOTFOUND' });
    await run(delivery);
    expect((await runLater(delivery, 1)).state).to.equal('published');
    expect(new Set(platform.sent.map(({ deliveryKey }) => deliveryKey)).size).to.equal(1);
  });

  it('finds an unclear post on the network instead of sending it again', async () => {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push({ kind: 'unknown', detail: 'Timeout.' });
    await run(delivery);
    await runLater(delivery, 1);
    expect(platform.looks).to.have.length(0);
    const publishedAt = context.clock.now();
    platform.found.push({
      kind: 'found',
      remoteId: '7',
      remoteUrl: 'https://x.example/7',
      publishedAt,
      copies: 1,
    });
    expect(await runLater(delivery, 1)).to.deep.include({ state: 'published', remoteId: '7' });
    expect(platform.sent).to.have.length(1);
  });

  it('sends again only after it was absent twice, five minutes apart', async () => {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push({ kind: 'unknown', detail: 'Timeout.' });
    await run(delivery);
    expect((await runLater(delivery, 2)).state).to.equal('reconciling');
    expect((await runLater(delivery, 4)).state).to.equal('reconciling');
    expect(platform.sent).to.have.length(1);
    expect((await runLater(delivery, 1)).state).to.equal('published');
    expect(platform.sent).to.have.length(2);
  });

  for (const idempotency of ['read-back', 'idempotency-key'] as const) {
    it(`asks a person when a silent sender may still be sending (${idempotency})`, async () => {
      platform = fakePlatform(idempotency);
      context = testContext({ platforms: { x: platform } });
      const delivery = await aDelivery(context, stage);
      await Incarnations.create({
        _id: 'silent',
        host: 'another host',
        bootId: 'b',
        pid: 1,
        processStart: '1',
        startedAt: context.clock.now(),
      });
      await leaveSending(delivery, 'silent');
      context.clock.advance(1);
      await sweepDeliveries(context);
      expect((await reread(delivery)).state).to.equal('unknown');
      await runLater(delivery, 2);
      expect((await runLater(delivery, 6)).state).to.equal('needs-person');
      expect(platform.sent).to.have.length(0);
      const [needing] = await deliveriesNeedingSomeone(context.clock.now());
      expect(needing?.resolutions).to.deep.equal(['mark-published', 'send-again', 'cancel']);
    });
  }

  it('sends again by itself when the earlier sender wrote down its end', async () => {
    const delivery = await aDelivery(context, stage);
    await Incarnations.create({
      _id: 'ended',
      host: 'another host',
      bootId: 'b',
      pid: 1,
      processStart: '1',
      startedAt: context.clock.now(),
      endedAt: context.clock.now(),
    });
    await leaveSending(delivery, 'ended');
    await sweepDeliveries(context);
    await runLater(delivery, 2);
    expect((await runLater(delivery, 6)).state).to.equal('published');
  });

  it('asks a person at once where the network cannot be read back', async () => {
    platform = fakePlatform('none');
    context = Object.assign(testContext({ platforms: { x: platform } }), { vault: context.vault });
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push({ kind: 'unknown', detail: 'Timeout.' });
    await run(delivery);
    expect((await runLater(delivery, 2)).state).to.equal('needs-person');
  });

  async function leaveSending(delivery: Delivery, incarnation: string): Promise<void> {
    const now = context.clock.now();
    const attempt = { number: 1, kind: 'publication', fencingToken: 1, incarnation, startedAt: now };
    await Deliveries.updateOne(
      { _id: delivery._id },
      {
        $set: {
          state: 'sending',
          incarnation,
          leaseUntil: new Date(now.getTime() + 45_000),
          fencingToken: 1,
        },
        $push: { attempts: attempt },
      },
    );
  }
});
