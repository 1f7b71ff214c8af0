import { expect } from 'chai';
import { withdrawConsent } from '../../server/actions/withdraw-consent.ts';
import type { DeliveryState } from '../../server/domain/delivery.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { readMessenger } from '../../server/queries/messengers.ts';
import { aMember, aMessenger, anApprovedMessage } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

describe('withdrawing consent', () => {
  useDatabase();

  async function inState(message: string, state: DeliveryState, fields: object = {}): Promise<string> {
    const made = await Deliveries.create({
      post: newId(),
      campaign: newId(),
      message,
      variant: newId(),
      account: newId(),
      network: 'x',
      language: 'en',
      text: 'Call us.',
      contentHash: 'hash',
      lane: 0,
      state,
      dueAt: new Date('2014-10-14T06:59Z'),
      ...fields,
    });
    return made._id;
  }

  it('cancels what waits, and lists what is live beside what is on its way or unclear', async () => {
    const messenger = await aMessenger();
    const { _id: message } = await anApprovedMessage({ messenger: messenger._id });
    const other = await anApprovedMessage();
    const waiting = await inState(message, 'scheduled');
    const live = await inState(message, 'published');
    const sent = [{ remoteId: '1', remoteUrl: null, at: new Date() }];
    const maybe = [
      await inState(message, 'sending'),
      await inState(message, 'unknown'),
      await inState(message, 'reconciling'),
      await inState(message, 'needs-person'),
      await inState(message, 'claimed', { parts: ['And more.'], sent }),
    ];
    await inState(message, 'claimed');
    await inState(other._id, 'sending');

    const done = await withdrawConsent(testContext(), await aMember('drafter'), { messenger: messenger._id });
    expect(done.cancelled).to.equal(1);
    expect((await Deliveries.findById(waiting).lean())?.state).to.equal('cancelled');
    expect(done.live.map(({ _id }) => _id)).to.deep.equal([live]);
    expect(done.maybeLive.map(({ _id }) => _id)).to.have.members(maybe);
    expect((await TrailEvents.findOne({ verb: 'consent withdrawn' }).lean())?.details).to.include({
      cancelled: 1,
      live: 1,
      maybeLive: 5,
    });
    expect((await readMessenger(messenger._id)).maybeLive).to.have.length(5);
  });
});
