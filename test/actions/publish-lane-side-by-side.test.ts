import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import type { Account } from '../../server/domain/account.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { laneOf } from '../../server/domain/lane.ts';
import type { Outcome } from '../../server/domain/outcome.ts';
import { Credentials } from '../../server/models/credential.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { countStuck } from '../../server/queries/count-stuck.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread, words } from '../support/publishing.ts';
import { until } from '../support/until.ts';

const ACCEPTED: Outcome = { kind: 'accepted', remoteId: '1', remoteUrl: 'https://x.example/1' };

describe('the accounts of one lane', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let stopping: AbortController;
  beforeEach(() => {
    platform = fakePlatform();
    context = testContext({ platforms: { x: platform } });
    stopping = new AbortController();
  });

  /** Two accounts that share a lane, with so many posts each. */
  const twoAccounts = async (posts: number): Promise<[Delivery[], Delivery[]]> => {
    const first = newId();
    let second = newId();
    while (laneOf(second) !== laneOf(first)) second = newId();
    return [await postsOn(first, posts), await postsOn(second, posts)];
  };
  let texts = 0;
  const postsOn = async (_id: string, posts: number): Promise<Delivery[]> => {
    const { account } = await aStage(context, { account: { _id } as Partial<Account> });
    const made: Delivery[] = [];
    for (let turn = 0; turn < posts; turn += 1) {
      texts += 1;
      const variant = newId();
      const text = words(500 + texts);
      const variants = [{ _id: variant, network: 'x' as const, language: 'en', text, accounts: [_id] }];
      const stage = await aStage(context, { message: { variants } });
      made.push(await aDelivery(context, { ...stage, account, variant }));
    }
    return made;
  };
  const run = (lane: number) => publishLane(context, { lane }, stopping.signal);
  const sent = () => platform.sent.map(({ text }) => text);
  const textsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ text }) => text);

  it('do not wait for a slow request of another, and each keeps its order', async () => {
    const [slow, quick] = await twoAccounts(3);
    let answer: (outcome: Outcome) => void = () => undefined;
    platform.publish = (_credential, request) => {
      platform.sent.push(request);
      return request.text === slow[0]?.text
        ? new Promise((resolve) => {
            answer = resolve;
          })
        : Promise.resolve(ACCEPTED);
    };
    const working = run(slow[0]?.lane ?? 0);
    await until(async () => (await reread(quick[2] as Delivery)).state === 'published');
    expect(sent().filter((text) => textsOf(slow).includes(text))).to.deep.equal([slow[0]?.text]);
    const next = await reread(slow[1] as Delivery);
    expect(next.state, 'what cannot start yet is not claimed').to.equal('scheduled');
    answer(ACCEPTED);
    await working;
    expect(sent().filter((text) => textsOf(slow).includes(text))).to.deep.equal(textsOf(slow));
    expect(sent().filter((text) => textsOf(quick).includes(text))).to.deep.equal(textsOf(quick));
  });

  it('take up nothing new once told to stop, and let end what is on its way', async () => {
    const [one, other] = await twoAccounts(2);
    platform.outcomes.push(async () => {
      stopping.abort();
      return ACCEPTED;
    });
    await run(one[0]?.lane ?? 0);
    const states = await Promise.all([...one, ...other].map(async (each) => (await reread(each)).state));
    expect(states).to.not.include.members(['claimed']);
    expect(states).to.not.include.members(['sending']);
    expect(platform.sent.length).to.be.within(1, 2);
    expect(states.filter((state) => state === 'published')).to.have.length(platform.sent.length);
    expect([
      (await reread(one[1] as Delivery)).state,
      (await reread(other[1] as Delivery)).state,
    ]).to.deep.equal(['scheduled', 'scheduled']);
  });

  it('are looked for again when another process is sending for one of them', async () => {
    const [[first, second], [free]] = (await twoAccounts(2)) as [[Delivery, Delivery], [Delivery]];
    const leaseUntil = new Date(context.clock.now().getTime() + 45_000);
    await Deliveries.updateOne(
      { _id: first._id },
      { $set: { state: 'sending', leaseUntil, nextAt: leaseUntil } },
    );
    context.queue.wakeUps.length = 0;
    await run(first.lane);
    expect((await reread(second)).state).to.equal('scheduled');
    expect((await reread(free)).state).to.equal('published');
    expect(context.queue.wakeUps.map(({ lane }) => lane)).to.include(first.lane);
  });

  it('go on when the software fails for one of them, which is tried again and then comes before a person', async () => {
    const [[broken], [sound]] = (await twoAccounts(1)) as [[Delivery], [Delivery]];
    await Credentials.updateOne({ account: broken.account }, { $set: { keyId: 'another key' } });
    await run(broken.lane);
    expect((await reread(sound)).state).to.equal('published');
    expect(await reread(broken)).to.include({ state: 'retry-wait', problem: 'The software failed (Error).' });
    context.clock.advance(1);
    await run(broken.lane);
    expect((await reread(broken)).state).to.equal('retry-wait');
    context.clock.advance(60);
    await sweepDeliveries(context);
    expect(await reread(broken)).to.include({ state: 'missed', problem: 'The software failed (Error).' });
  });

  it('are swept up after a lane broke as a whole, and until then count as stuck', async () => {
    const [[delivery]] = (await twoAccounts(1)) as [[Delivery], [Delivery]];
    const { distinct } = Deliveries;
    Deliveries.distinct = (() => Promise.reject(new Error('the database is away'))) as never;
    const error = await run(delivery.lane).catch((thrown: Error) => thrown);
    Deliveries.distinct = distinct;
    expect(error).to.be.instanceOf(Error);
    expect(await countStuck(context.clock.now())).to.equal(0);
    context.clock.advance(3);
    expect(await countStuck(context.clock.now())).to.equal(2);
    context.queue.wakeUps.length = 0;
    await sweepDeliveries(context);
    expect(context.queue.wakeUps.map(({ lane }) => lane)).to.include(delivery.lane);
    await run(delivery.lane);
    expect((await reread(delivery)).state).to.equal('published');
    expect(await countStuck(context.clock.now())).to.equal(0);
  });
});
