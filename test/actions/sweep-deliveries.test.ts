import { expect } from 'chai';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import { PUBLISHING_TIMES } from '../../server/domain/publishing-times.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { aDelivery, aStage } from '../support/publishing.ts';

describe('the sweep over deliveries', () => {
  useDatabase();

  it('sets one alarm for all that a lane missed, and one for each time that is still to come', async () => {
    const context = testContext();
    const delivery = await aDelivery(context, await aStage(context));
    const now = context.clock.now();
    const secondsFromNow = [-30, -20, -10, 60, 120];
    await Deliveries.insertMany(
      secondsFromNow.map((seconds) => ({
        ...delivery,
        _id: newId(),
        post: newId(),
        nextAt: new Date(now.getTime() + seconds * 1000),
      })),
    );
    context.queue.wakeUps.length = 0;
    await sweepDeliveries(context);
    const seconds = context.queue.wakeUps.map(({ at }) => (at.getTime() - now.getTime()) / 1000);
    const ahead = PUBLISHING_TIMES.leadMs / 1000;
    expect(seconds.sort((a, b) => a - b)).to.deep.equal([0, 60 - ahead, 120 - ahead]);
    expect(new Set(context.queue.wakeUps.map(({ lane }) => lane))).to.deep.equal(new Set([delivery.lane]));
  });
});
