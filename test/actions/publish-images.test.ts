import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { resolveDelivery } from '../../server/actions/resolve-delivery.ts';
import type { Asset } from '../../server/domain/asset.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import type { Origin } from '../../server/domain/message.ts';
import { Assets } from '../../server/models/asset.ts';
import { newId } from '../../server/models/document.ts';
import type { PublishRequest } from '../../server/platforms/platform.ts';
import { aMember, anAsset, imageOf } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { type FakePlatform, fakePlatform } from '../support/fake-platform.ts';
import { aDelivery, aStage, reread } from '../support/publishing.ts';

const HOUR_MS = 3_600_000;

describe('publishing images', () => {
  useDatabase();
  let context: TestContext;
  let platform: FakePlatform;
  let uploads: PublishRequest[];
  let delivery: Delivery;
  let asset: Asset;

  async function aPictured(origin: Origin = 'human', parts: string[] = []): Promise<void> {
    uploads = [];
    platform = fakePlatform();
    // As X does: what was uploaded is good for a day.
    platform.prepare = async (_credential, request) => {
      uploads.push(request);
      const goodUntil = new Date(context.clock.now().getTime() + 20 * HOUR_MS);
      return { kind: 'prepared', prepared: `upload ${uploads.length}`, goodUntil };
    };
    context = testContext({ platforms: { x: platform } });
    const { account } = await aStage(context);
    asset = await anAsset({ origin });
    const text = { text: `A lantern in ${newId()}. #AI`, parts, images: [imageOf(asset)] };
    const variant = { _id: newId(), network: 'x' as const, language: 'en', ...text, accounts: [account._id] };
    const stage = await aStage(context, { message: { variants: [variant] } });
    delivery = await aDelivery(context, { ...stage, account, variant: variant._id });
  }
  const run = () => publishLane(context, { lane: delivery.lane }, new AbortController().signal);
  const limitedFor = (hours: number) => {
    const retryAt = new Date(context.clock.now().getTime() + hours * HOUR_MS);
    platform.outcomes.push({ kind: 'limited', retryAt, detail: 'Too many requests.' });
  };

  /** A limit kept it waiting past its time, so somebody decides that it goes out all the same. */
  async function publishNowAfter(hours: number): Promise<void> {
    context.clock.advance(hours * 60);
    await run();
    const { rev, state } = await reread(delivery);
    expect(state).to.equal('missed');
    const member = await aMember('scheduler');
    await resolveDelivery(context, member, { delivery: delivery._id, rev, resolution: 'publish-now' });
    await run();
  }

  it('sends the approved bytes and words with the first part, and with no other', async () => {
    await aPictured('human', ['You can still call.']);
    await run();
    expect(platform.sent.map(({ images = [] }) => images.map(({ altText }) => altText))).to.deep.equal([
      ['A table laid for four, one chair empty'],
      [],
    ]);
    const stored = await Assets.findById(asset._id);
    expect(
      Buffer.from(platform.sent[0]?.images?.[0]?.bytes ?? []).equals(stored?.bytes ?? Buffer.alloc(1)),
    ).to.equal(true);
  });

  it('says to the network that a machine made an image', async () => {
    await aPictured('ai-generated');
    await run();
    expect(platform.sent[0]?.origin).to.equal('ai-generated');
  });

  it('sends nothing when the image is not there any more', async () => {
    await aPictured();
    await Assets.deleteOne({ _id: asset._id });
    await run();
    expect(platform.sent).to.have.length(0);
    expect(await reread(delivery)).to.include({ state: 'failed' });
  });

  it('uploads once for all tries while the network keeps it', async () => {
    await aPictured();
    limitedFor(2);
    await run();
    await publishNowAfter(2);
    expect(uploads).to.have.length(1);
    expect(platform.sent.map(({ prepared }) => prepared)).to.deep.equal(['upload 1', 'upload 1']);
  });

  it('uploads anew when the network has forgotten it and nothing can have been shown', async () => {
    await aPictured();
    limitedFor(21);
    await run();
    await publishNowAfter(21);
    expect(uploads.map(({ prepared }) => prepared)).to.deep.equal([undefined, undefined]);
    expect(platform.sent.map(({ prepared }) => prepared)).to.deep.equal(['upload 1', 'upload 2']);
    expect(await reread(delivery)).to.include({ state: 'published' });
  });
});
