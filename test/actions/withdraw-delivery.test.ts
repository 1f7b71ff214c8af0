import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import { withdrawDelivery } from '../../server/actions/withdraw-delivery.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { Conflict } from '../../server/errors.ts';
import { Incarnations } from '../../server/models/incarnation.ts';
import { deliveriesNeedingSomeone } from '../../server/queries/deliveries-needing-someone.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';

describe('A withdrawal that stops halfway', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let stage: Stage;
  let delivery: Delivery;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    stage = await aStage(context);
    delivery = await aDelivery(context, stage);
    await publishLane(context, { lane: delivery.lane }, new AbortController().signal);
  });

  const withdraw = () =>
    withdrawDelivery(context, stage.scheduler, { delivery: delivery._id, reason: 'Misread' });
  const waiting = async () => (await deliveriesNeedingSomeone(context.clock.now())).map(({ _id }) => _id);

  /** Leaves the intent on record and no answer, as a killed process does. */
  async function stopHalfway(): Promise<void> {
    const answering = platform.withdraw;
    await new Promise<void>((resolve) => {
      platform.withdraw = () => new Promise(() => resolve());
      void withdraw();
    });
    platform.withdraw = answering;
  }

  it('is left alone while its sender may still be at it, and not begun a second time', async () => {
    await stopHalfway();
    await sweepDeliveries(context);
    expect(await waiting()).to.deep.equal([]);
    expect(await withdraw().catch((error: Error) => error)).to.be.instanceOf(Conflict);
    expect(platform.withdrawn).to.deep.equal([]);
  });

  it('comes before a person when the lease is over, who withdraws it again', async () => {
    await stopHalfway();
    context.clock.advance(60);
    await sweepDeliveries(context);
    expect(await waiting()).to.deep.equal([delivery._id]);
    expect((await reread(delivery)).problem).to.include('stopped halfway');
    await sweepDeliveries(context);
    await withdraw();
    expect(platform.withdrawn).to.deep.equal(['1']);
    expect(await reread(delivery)).to.include({ state: 'withdrawn', problem: '' });
    expect(await waiting()).to.deep.equal([]);
  });

  it('comes before a person at once when its sender is proven dead', async () => {
    await stopHalfway();
    const now = context.clock.now();
    const gone = { host: 'h', bootId: 'b', pid: 1, processStart: '1', startedAt: now, endedAt: now };
    await Incarnations.create({ _id: context.queue.name, ...gone });
    await sweepDeliveries(context);
    expect(await waiting()).to.deep.equal([delivery._id]);
  });

  it('never troubles anybody about what was only published', async () => {
    context.clock.advance(60);
    await sweepDeliveries(context);
    expect(await waiting()).to.deep.equal([]);
  });

  it('is settled by an answer that comes late after all', async () => {
    const answering = platform.withdraw;
    platform.withdraw = async (credential, remoteId) => {
      context.clock.advance(60);
      await sweepDeliveries(context);
      expect(await waiting()).to.deep.equal([delivery._id]);
      return answering(credential, remoteId);
    };
    await withdraw();
    expect(await reread(delivery)).to.include({ state: 'withdrawn', problem: '', nextAt: null });
  });
});
