import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { withdrawDelivery } from '../../server/actions/withdraw-delivery.ts';
import type { Delivery, DeliveryState } from '../../server/domain/delivery.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { deliveriesNeedingSomeone } from '../../server/queries/deliveries-needing-someone.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';

describe('A delivery that was given up while an earlier try of it was on its way', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let stage: Stage;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    stage = await aStage(context);
  });

  /** The network accepts a request after somebody else has given the delivery up. */
  async function acceptedAfter(state: DeliveryState): Promise<Delivery> {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push(async () => {
      const set = { state, problem: 'HTTP 403', nextAt: null, leaseUntil: null };
      await Deliveries.updateOne({ _id: delivery._id }, { $set: set, $inc: { fencingToken: 1 } });
      return { kind: 'accepted', remoteId: '9', remoteUrl: 'https://x.example/9' };
    });
    await publishLane(context, { lane: delivery.lane }, new AbortController().signal);
    return reread(delivery);
  }

  for (const state of ['failed', 'cancelled'] as const) {
    it(`is published after all when it was ${state}, before a person, and can be withdrawn`, async () => {
      const delivery = await acceptedAfter(state);
      expect(delivery).to.include({ state: 'published', remoteId: '9' });
      expect(delivery.problem).to.include('after it had been given up');
      const waiting = await deliveriesNeedingSomeone(context.clock.now());
      expect(waiting.map(({ _id }) => _id)).to.deep.equal([delivery._id]);
      await withdrawDelivery(context, stage.scheduler, { delivery: delivery._id, reason: 'Refused before' });
      expect(platform.withdrawn).to.deep.equal(['9']);
    });
  }

  it('stays withdrawn when it was withdrawn, and a person looks for the second copy', async () => {
    const delivery = await acceptedAfter('withdrawn');
    expect(delivery.state).to.equal('withdrawn');
    expect(delivery.problem).to.include('Look for a second copy');
  });
});
