import { expect } from 'chai';
import { pauseEverything } from '../../server/actions/pause-everything.ts';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { withdrawDelivery } from '../../server/actions/withdraw-delivery.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { CrisisPauses } from '../../server/models/crisis-pause.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { aMember } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread } from '../support/publishing.ts';
import { until } from '../support/until.ts';

describe('publishing a thread', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let delivery: Delivery;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    const { account } = await aStage(context);
    const variant = newId();
    const texts = { text: 'First part.', parts: ['Second part.', 'Third part.'] };
    const variants = [
      { _id: variant, network: 'x' as const, language: 'en', ...texts, accounts: [account._id] },
    ];
    const stage = await aStage(context, { message: { variants } });
    delivery = await aDelivery(context, { ...stage, account, variant });
  });
  const run = () => publishLane(context, { lane: delivery.lane }, new AbortController().signal);

  it('sends its parts in order, each under the one before and with a key of its own', async () => {
    await run();
    expect(platform.sent.map(({ text, continues }) => [text, continues?.parent])).to.deep.equal([
      ['First part.', undefined],
      ['Second part.', '1'],
      ['Third part.', '2'],
    ]);
    expect(new Set(platform.sent.map(({ deliveryKey }) => deliveryKey)).size).to.equal(3);
    expect(await reread(delivery)).to.include({ state: 'published', remoteId: '1' });
  });

  it('says that a thread ends early when a later part is refused', async () => {
    platform.outcomes.push({ kind: 'accepted', remoteId: '1', remoteUrl: 'https://x.example/1' });
    platform.outcomes.push({ kind: 'refused', detail: 'No.' });
    await run();
    const ended = await reread(delivery);
    expect(ended.state).to.equal('published');
    expect(ended.problem).to.equal('No. The thread ends after part 1 of 3.');
  });

  for (const [state, is] of [
    ['unknown', 'goes on with the next part'],
    ['failed', 'ends there, before a person,'],
  ] as const) {
    it(`${is} when a part is accepted after it had become ${state}`, async () => {
      platform.outcomes.push(async () => {
        const set = { state, nextAt: null, leaseUntil: null };
        await Deliveries.updateOne({ _id: delivery._id }, { $set: set, $inc: { fencingToken: 1 } });
        return { kind: 'accepted', remoteId: '1', remoteUrl: 'https://x.example/1' };
      });
      await run();
      const settled = await reread(delivery);
      expect(settled).to.include({ state: 'published', remoteId: '1' });
      expect(settled.sent).to.have.length(state === 'failed' ? 1 : 3);
      if (state === 'unknown') expect(settled.problem).to.equal('');
      else expect(settled.problem).to.include('The thread ends after part 1 of 3.');
    });
  }

  it('stops between two parts when everything is paused', async () => {
    platform.outcomes.push(async () => {
      void pauseEverything(context, await aMember('scheduler'), { reason: 'Attack' });
      await until(async () => (await CrisisPauses.exists({ endedAt: null })) !== null);
      return { kind: 'accepted', remoteId: '1', remoteUrl: 'https://x.example/1' };
    });
    await run();
    expect(platform.sent).to.have.length(1);
  });

  it('withdraws every part, the last first', async () => {
    await run();
    const member = await aMember('scheduler');
    await withdrawDelivery(context, member, { delivery: delivery._id, reason: 'Misread' });
    expect(platform.withdrawn).to.deep.equal(['3', '2', '1']);
    expect((await reread(delivery)).state).to.equal('withdrawn');
  });
});
