import { expect } from 'chai';
import type { Variant } from '../../server/domain/message.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { keepVersion } from '../../server/models/message-version.ts';
import { openX } from '../../server/platforms/x/open.ts';
import { aMember, anAsset, approved, imageOf } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { aDelivery, aStage, type Stage } from '../support/publishing.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const PARTS = ['Two of them called us the same night.', 'You can still call. Day and night.'];
const ALT = 'A table laid for four, one chair empty';

/** What stands above the text of one part. */
const partOf = (page: string, place: string) => page.split(`<strong>${place}</strong>`)[1]?.split('</p>')[0];

describe('Threads and images on pages', () => {
  useDatabase();
  const context = testContext({ platforms: { x: openX({}) } });
  const web = openWeb(context);

  async function aThread(fields: Partial<Variant> = {}): Promise<Stage> {
    const asset = await anAsset();
    const variant = newId();
    const stage = await aStage(context);
    const { account, message } = stage;
    const draft = await Messages.findById(message._id);
    if (!draft) throw new Error('the message was just made');
    const text = 'Three mothers, one question.';
    const whole = { _id: variant, network: 'x', language: 'en', text, parts: PARTS, accounts: [account._id] };
    draft.set({ variants: [{ ...whole, images: [imageOf(asset)], ...fields }] });
    await draft.save();
    return { ...stage, variant, message: await approved(draft.toObject(), context.clock.now()) };
  }

  it('are shown part by part, counted, with the words of each image, wherever a text is read', async () => {
    const stage = await aThread();
    const { message, variant } = stage;
    const { post, _id: delivery } = await aDelivery(context, stage);
    const browser = await signedIn(web, await aMember());
    const pages = [
      `/messages/${message._id}`,
      `/messages/${message._id}/edit`,
      `/reviews/${message._id}`,
      `/posts/new?message=${message._id}&variant=${variant}`,
      `/posts/${post}`,
      `/deliveries/${delivery}`,
    ];
    for (const page of pages) {
      const { status, text } = await browser.get(page);
      expect(status, page).to.equal(200);
      for (const part of PARTS) expect(text, page).to.include(part);
      expect(text, page)
        .to.match(/<strong>2\/3<\/strong>.*37\/280/)
        .and.to.match(/<strong>3\/3<\/strong>.*34\/280/);
      expect(text, page)
        .to.include(ALT)
        .and.to.match(/<img src="\/library\/assets\/[0-9a-f]{24}\/image"/);
      expect(await htmlProblems(text), page).to.deep.equal([]);
    }
    for (const list of ['/messages', '/posts/new', '/calendar?view=list']) {
      const { text } = await browser.get(list);
      expect(text, list).to.include('thread of 3 posts · one image');
    }
  });

  it('say which parts of a thread are out, and where it stopped', async () => {
    const stage = await aThread();
    const { _id } = await aDelivery(context, stage);
    const sent = [{ remoteId: '1', remoteUrl: 'https://x.example/1', at: context.clock.now() }];
    const set = { state: 'retry-wait', sent, remoteId: '1' };
    await Deliveries.updateOne({ _id }, { $set: set });
    const browser = await signedIn(web, await aMember());
    const waiting = (await browser.get(`/deliveries/${_id}`)).text;
    expect(partOf(waiting, '1/3')).to.include('published').and.to.include('https://x.example/1');
    expect(partOf(waiting, '2/3')).to.include('next');
    expect(partOf(waiting, '3/3')).to.include('not sent');
    await Deliveries.updateOne({ _id }, { $set: { state: 'published', problem: 'Refused.' } });
    const stopped = (await browser.get(`/deliveries/${_id}`)).text;
    expect(partOf(stopped, '2/3')).to.include('stopped before this');
    expect(await htmlProblems(stopped)).to.deep.equal([]);
    expect((await browser.get('/deliveries')).text).to.include('thread of 3 posts');
  });

  it('veil an image that quotes extremists, and name one that is gone', async () => {
    const quoting = imageOf(await anAsset({ quotesExtremists: true, purpose: 'To take the slogan apart' }));
    const gone = { asset: newId(), sha256: 'f'.repeat(64), altText: 'A lantern' };
    const { message } = await aThread({ images: [quoting, gone] });
    const browser = await signedIn(web, await aMember());
    const { text } = await browser.get(`/reviews/${message._id}`);
    expect(text).to.match(
      /<details class="veiled">(?:(?!<\/details>).)*image"(?:(?!<\/details>).)*<\/details>/s,
    );
    expect(text).to.include('To take the slogan apart');
    expect(text).to.include('no longer in the library').and.to.include('A lantern');
    expect(await htmlProblems(text)).to.deep.equal([]);
  });

  it('are compared from version to version, also when only a part or an alt text changed', async () => {
    const { message } = await aThread();
    const at = context.clock.now();
    await keepVersion(message, { editor: newId(), at });
    const [before] = message.variants;
    if (!before) throw new Error('the message has a text');
    const images = (before.images ?? []).map((image) => ({ ...image, altText: 'An empty chair' }));
    const variants = [{ ...before, parts: [PARTS[0] ?? '', 'You can call tonight.'], images }];
    const changed = await Messages.findById(message._id);
    changed?.set({ variants });
    await changed?.save();
    await keepVersion({ ...message, ...changed?.toObject() }, { editor: newId(), at });
    const { text } = await (await signedIn(web, await aMember())).get(`/messages/${message._id}/versions`);
    expect(text)
      .to.match(/<ins>.*tonight/)
      .and.to.match(/<del>.*still/);
    expect(text)
      .to.match(/<del>.*table/)
      .and.to.include('3/3');
    expect(await htmlProblems(text)).to.deep.equal([]);
  });
});
