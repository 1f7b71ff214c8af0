import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { withdrawDelivery } from '../../server/actions/withdraw-delivery.ts';
import type { Delivery, DeliveryState } from '../../server/domain/delivery.ts';
import type { Outcome } from '../../server/domain/outcome.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { TrailEvents } from '../../server/models/trail.ts';
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

  /** A request ends after somebody else has given the delivery up. */
  async function endedAfter(state: DeliveryState, outcome: Outcome): Promise<Delivery> {
    const delivery = await aDelivery(context, stage);
    platform.outcomes.push(async () => {
      const set = { state, problem: 'HTTP 403', nextAt: null, leaseUntil: null };
      await Deliveries.updateOne({ _id: delivery._id }, { $set: set, $inc: { fencingToken: 1 } });
      return outcome;
    });
    await publishLane(context, { lane: delivery.lane }, new AbortController().signal);
    return reread(delivery);
  }

  const acceptedAfter = (state: DeliveryState) =>
    endedAfter(state, { kind: 'accepted', remoteId: '9', remoteUrl: 'https://x.example/9' });

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

  for (const state of ['failed', 'cancelled'] as const) {
    it(`goes before a person when it was ${state} and the earlier try ends without an answer`, async () => {
      const delivery = await endedAfter(state, { kind: 'unknown', detail: 'No answer.' });
      expect(delivery.state).to.equal('needs-person');
      expect(delivery.problem).to.include('look for it on the network');
      const waiting = await deliveriesNeedingSomeone(context.clock.now());
      expect(waiting.map(({ _id }) => _id)).to.deep.equal([delivery._id]);
      const verb = 'delivery needs-person';
      expect(await TrailEvents.countDocuments({ verb, subjectId: delivery._id })).to.equal(1);
    });
  }

  it('goes before a person when the earlier try has ended without an answer by the time of a refusal', async () => {
    const delivery = await aDelivery(context, stage);
    const now = context.clock.now();
    const earlier = { kind: 'publication', number: 1, fencingToken: 0, incarnation: 'other', startedAt: now };
    await Deliveries.updateOne({ _id: delivery._id }, { $push: { attempts: earlier } });
    platform.outcomes.push(async () => {
      const end = { 'attempts.0.endedAt': now, 'attempts.0.outcome': 'unknown' };
      await Deliveries.updateOne({ _id: delivery._id }, { $set: end });
      return { kind: 'refused', detail: 'HTTP 403' };
    });
    await publishLane(context, { lane: delivery.lane }, new AbortController().signal);
    expect(await reread(delivery)).to.include({ state: 'needs-person', nextAt: null });
  });

  it('stays withdrawn when it was withdrawn, and a person looks for the second copy', async () => {
    const delivery = await acceptedAfter('withdrawn');
    expect(delivery.state).to.equal('withdrawn');
    expect(delivery.problem).to.include('Look for a second copy');
  });
});
