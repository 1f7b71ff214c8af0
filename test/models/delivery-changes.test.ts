import { expect } from 'chai';
import type { Attempt, Delivery } from '../../server/domain/delivery.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { changeDeliveries, type SeenChange } from '../../server/models/delivery-changes.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, words } from '../support/publishing.ts';

describe('changing many deliveries at once', () => {
  useDatabase();
  let context: TestContext;
  let claimed: Delivery[];

  beforeEach(async () => {
    context = testContext({ platforms: { x: fakePlatform() } });
    claimed = [];
    for (let index = 0; index < 3; index += 1) {
      const { _id } = await aDelivery(context, await aStage(context, { text: words(index) }));
      await Deliveries.updateOne(
        { _id },
        { $set: { state: 'claimed', claim: 'ours' }, $inc: { fencingToken: 1 } },
      );
      claimed.push(await reread({ _id }));
    }
  });

  const attempt = (): Attempt => ({
    number: 1,
    kind: 'publication',
    fencingToken: 1,
    incarnation: 'this one',
    step: 0,
    startedAt: context.clock.now(),
    endedAt: null,
    outcome: null,
    detail: '',
  });
  const intents = (seen: readonly Delivery[]): SeenChange[] =>
    seen.map((delivery) => ({
      seen: delivery,
      change: { to: 'sending', set: { nextAt: context.clock.now() }, push: { attempts: attempt() } },
    }));

  it('returns them as the database has them', async () => {
    const sending = await changeDeliveries(intents(claimed));
    expect(sending).to.deep.equal(await Promise.all(claimed.map(reread)));
    const outcomes = sending.map((seen) => ({
      seen: seen as Delivery,
      change: {
        to: 'published',
        set: {
          remoteId: '1',
          nextAt: null,
          'attempts.0.outcome': 'accepted',
          'attempts.0.endedAt': new Date(),
        },
      },
    })) satisfies SeenChange[];
    const published = await changeDeliveries(outcomes);
    expect(published).to.deep.equal(await Promise.all(claimed.map(reread)));
    expect(published.map((delivery) => delivery?.attempts[0]?.outcome)).to.deep.equal(
      Array(3).fill('accepted'),
    );
    expect(sending[0]?.attempts[0]?.outcome, 'what was seen stays as it was').to.equal(null);
  });

  it('leaves alone what somebody else changed since, and says which', async () => {
    const [taken] = claimed as [Delivery];
    await Deliveries.updateOne({ _id: taken._id }, { $inc: { fencingToken: 1 } });
    const [first, ...others] = await changeDeliveries(intents(claimed));
    expect(first).to.equal(null);
    expect(others.map((delivery) => delivery?.state)).to.deep.equal(['sending', 'sending']);
    expect((await reread(taken)).attempts).to.deep.equal([]);
  });
});
