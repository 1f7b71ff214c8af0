import { expect } from 'chai';
import { cancelPost } from '../../server/actions/cancel-post.ts';
import { pauseEverything } from '../../server/actions/pause-everything.ts';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { resumePublishing } from '../../server/actions/resume-publishing.ts';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { PUBLISHING_TIMES } from '../../server/domain/publishing-times.ts';
import { Conflict } from '../../server/errors.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { Messages } from '../../server/models/message.ts';
import { aMember } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, type Stage } from '../support/publishing.ts';
import { until } from '../support/until.ts';

describe('an alarm that rings a little ahead', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let stage: Stage;
  let stopping: AbortController;
  beforeEach(async () => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    stage = await aStage(context);
    stopping = new AbortController();
  });

  const run = ({ lane }: Delivery) => publishLane(context, { lane }, stopping.signal);
  const dueIn = async (milliseconds: number, state: 'scheduled' | 'retry-wait' = 'scheduled') => {
    const delivery = await aDelivery(context, stage);
    const at = new Date(context.clock.now().getTime() + milliseconds);
    await Deliveries.updateOne({ _id: delivery._id }, { $set: { dueAt: at, nextAt: at, state } });
    return reread(delivery);
  };
  const isClaimed = (delivery: Delivery) => until(async () => (await reread(delivery)).state === 'claimed');

  it('claims what is due soon, and sends it at its time and not before', async () => {
    const soon = await dueIn(PUBLISHING_TIMES.leadMs - 500);
    const working = run(soon);
    await isClaimed(soon);
    const ahead = (milliseconds: number) => new Date(soon.dueAt.getTime() - milliseconds);
    context.clock.set(ahead(PUBLISHING_TIMES.intentMs + 1));
    expect((await reread(soon)).attempts, 'no intent is on record yet').to.have.length(0);
    context.clock.set(ahead(PUBLISHING_TIMES.intentMs));
    await until(async () => (await reread(soon)).state === 'sending');
    context.clock.set(ahead(1));
    await reread(soon);
    expect(platform.sent).to.have.length(0);
    context.clock.set(soon.dueAt);
    await working;
    expect(platform.sent).to.have.length(1);
    expect((await reread(soon)).state).to.equal('published');
  });

  it('leaves what comes later to its own alarm', async () => {
    const later = await dueIn(PUBLISHING_TIMES.leadMs + 1);
    await run(later);
    expect((await reread(later)).state).to.equal('scheduled');
  });

  it('hands back what waits for its time when the process stops, with its time', async () => {
    const soon = await dueIn(1_000, 'retry-wait');
    const working = run(soon);
    await isClaimed(soon);
    stopping.abort();
    await working;
    expect(await reread(soon)).to.deep.include({ state: 'scheduled', nextAt: soon.nextAt, leaseUntil: null });
    expect(platform.sent).to.have.length(0);
  });

  it('looks at everything once more when the time has come', async () => {
    const soon = await dueIn(1_000);
    const working = run(soon);
    await isClaimed(soon);
    await Messages.updateOne({ _id: stage.message._id }, { $set: { contentHash: 'other' } });
    context.clock.set(soon.dueAt);
    await working;
    expect(platform.sent).to.have.length(0);
  });

  it('cannot be cancelled any more in the moment before it leaves, and says so', async () => {
    const soon = await dueIn(1_000);
    const working = run(soon);
    await isClaimed(soon);
    const cancelled = await cancelPost(context, stage.scheduler, { post: soon.post }).catch(
      (error: unknown) => error,
    );
    expect(cancelled).to.be.instanceOf(Conflict);
    context.clock.set(soon.dueAt);
    await working;
    expect((await reread(soon)).state).to.equal('published');
  });

  it('does not outlast a crisis pause, however short', async () => {
    const soon = await dueIn(1_000);
    const working = run(soon);
    await isClaimed(soon);
    const admin = await aMember('administrator');
    await pauseEverything(context, admin, { reason: 'An attack nearby.' });
    await resumePublishing(context, admin);
    context.clock.set(soon.dueAt);
    await working;
    expect(platform.sent).to.have.length(0);
    expect(await reread(soon)).to.deep.include({ state: 'held', nextAt: null, leaseUntil: null });
  });

  it('does not let a post out after a pause whose claimer died before it', async () => {
    const soon = await dueIn(1_000);
    void run(soon);
    await isClaimed(soon);
    const admin = await aMember('administrator');
    await pauseEverything(context, admin, { reason: 'An attack nearby.' });
    context.clock.set(new Date(soon.dueAt.getTime() + PUBLISHING_TIMES.leaseMs * 2));
    await resumePublishing(context, admin);
    await sweepDeliveries(context);
    expect(platform.sent).to.have.length(0);
    expect((await reread(soon)).state).to.be.oneOf(['missed', 'retry-wait', 'held']);
    stopping.abort();
  });
});
