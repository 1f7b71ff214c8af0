import { expect } from 'chai';
import request from 'supertest';
import type { DeliveryState } from '../../server/domain/delivery.ts';
import { Assets, hashBytes } from '../../server/models/asset.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aCampaign, aMember, aMessage, anAsset, imageOf } from '../support/builders.ts';
import { aPublishedDelivery } from '../support/builders-evaluation.ts';
import { useDatabase } from '../support/database.ts';
import { aPicture } from '../support/pictures.ts';
import { guest, htmlProblems, openWeb, sessionCookie, signedIn } from '../support/web.ts';

const words = { altText: 'A lantern in a window', origin: 'human', credit: 'Nadia, our own', purpose: '' };

describe('POST /library/assets', () => {
  useDatabase();
  const web = openWeb();
  const drafter = async () => signedIn(web, await aMember('drafter'));

  it('keeps an image with its words, its own name and none of the file’s notes', async () => {
    const browser = await drafter();
    const form = await browser.get('/library/assets/new');
    expect(form.text).to.include('enctype="multipart/form-data"').and.to.include('type="file"');
    expect(await htmlProblems(form.text)).to.deep.equal([]);
    const bytes = await aPicture({ withNotes: true });
    const added = await browser.upload('/library/assets', words, { name: 'image', bytes });
    expect(added.status, added.text).to.equal(303);

    const [asset] = await Assets.find();
    expect(asset).to.include({ altText: words.altText, mimeType: 'image/jpeg', width: 40, height: 60 });
    expect(asset?.sha256).to.equal(hashBytes(asset?.bytes ?? Buffer.alloc(0)));
    expect(asset?.bytes.includes('Lantern')).to.equal(false);
    expect(added.headers.location).to.equal(`/library/assets/${asset?._id}`);
    const page = await browser.get(added.headers.location ?? '');
    expect(page.text)
      .to.include('A lantern in a window')
      .and.to.include('40 × 60')
      .and.to.include('Nadia, our own');
    expect(page.text).not.to.include('evil');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const list = await browser.get('/library/assets?q=lantern');
    expect(list.text).to.include(`/library/assets/${asset?._id}/thumbnail`);
    const small = await browser.get(`/library/assets/${asset?._id}/thumbnail`);
    expect(small.headers['content-type']).to.equal('image/jpeg');
    expect(await htmlProblems(list.text)).to.deep.equal([]);
    expect((await TrailEvents.find({ verb: 'image added' }).lean()).length).to.equal(1);
  });

  it('finds an image that it has, and adds nothing', async () => {
    const browser = await drafter();
    const file = { name: 'image', bytes: await aPicture() };
    await browser.upload('/library/assets', words, file);
    const again = await browser.upload('/library/assets', { ...words, altText: 'Another' }, file);
    expect(await Assets.countDocuments()).to.equal(1);
    expect((await browser.get(again.headers.location ?? '')).text).to.include('already');
  });

  it('keeps one image of a file that is sent twice at once', async () => {
    const browser = await drafter();
    const file = { name: 'image', bytes: await aPicture() };
    const send = () => browser.upload('/library/assets', words, file);
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect(await Assets.countDocuments()).to.equal(1);
    expect(await TrailEvents.countDocuments({ verb: 'image added' })).to.equal(1);
  });

  it('refuses a form that ends within its file, and goes on serving', async () => {
    const cookie = await sessionCookie(web, await aMember('drafter'));
    const half = '--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nhalf';
    const answer = await request(web.app)
      .post('/library/assets')
      .set({
        Cookie: cookie,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'multipart/form-data; boundary=b',
      })
      .send(half);
    expect(answer.status).to.equal(400);
    expect(await Assets.countDocuments()).to.equal(0);
  });

  it('teaches what is missing, and keeps what was typed', async () => {
    const browser = await drafter();
    const file = { name: 'image', bytes: await aPicture() };
    const mute = await browser.upload('/library/assets', { ...words, altText: ' ' }, file);
    expect(mute.status).to.equal(422);
    expect(mute.text).to.include('Say in words what the image shows').and.to.include('Nadia, our own');
    expect(mute.text).to.include('choose the image once more');
    expect(await htmlProblems(mute.text)).to.deep.equal([]);
    const quoting = { ...words, quotesExtremists: 'true' };
    const unexplained = await browser.upload('/library/assets', quoting, file);
    expect(unexplained.text).to.include('Regulation 2021/784');
    const without = await browser.upload('/library/assets', words);
    expect(without.text).to.include('Choose an image.');
    const drawing = await browser.upload('/library/assets', words, {
      name: 'image',
      bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    });
    expect(drawing.text).to.include('An SVG drawing can carry scripts');
    const heavy = await browser.upload('/library/assets', words, {
      name: 'image',
      bytes: Buffer.alloc(21_000_000, 'x'),
    });
    expect(heavy.status).to.equal(422);
    expect(heavy.text).to.include('larger than 20 MB').and.to.include('A lantern in a window');
    expect(await Assets.countDocuments()).to.equal(0);
  });

  it('takes nothing from anybody who may not add', async () => {
    const file = { name: 'image', bytes: await aPicture() };
    const stranger = await guest(web).upload('/library/assets', words, file);
    expect(stranger.headers.location).to.match(/^\/session\/new/);
    const scheduler = await signedIn(web, await aMember('scheduler'));
    expect((await scheduler.upload('/library/assets', words, file)).status).to.equal(403);
    const forged = await (await drafter()).upload('/library/assets', { ...words, _token: 'forged' }, file);
    expect(forged.status).to.equal(403);
    expect(await Assets.countDocuments()).to.equal(0);
  });

  it('reads files at its own address only, one at a time, and no form without end', async () => {
    const browser = await drafter();
    const file = { name: 'image', bytes: await aPicture() };
    expect((await browser.upload('/narratives', words, file)).status).to.equal(403);
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field${index}`, 'x']));
    expect((await browser.upload('/library/assets', { ...words, ...many }, file)).status).to.equal(413);
    expect(await Assets.countDocuments()).to.equal(0);
  });

  it('changes words, and keeps what somebody else saved meanwhile', async () => {
    const browser = await drafter();
    const { _id } = await anAsset();
    const address = `/library/assets/${_id}/words`;
    const form = await browser.get(address);
    expect(form.text).to.include('A table laid for four').and.not.to.include('type="file"');
    expect(await htmlProblems(form.text)).to.deep.equal([]);
    const quoting = { ...words, quotesExtremists: 'true', purpose: 'To take the slogan apart' };
    const saved = await browser.submit(address, address, quoting);
    expect(saved.status, saved.text).to.equal(303);
    const page = await browser.get(`/library/assets/${_id}`);
    expect(page.text).to.include('To take the slogan apart').and.to.include('<details class="veiled">');
    expect((await browser.post(address, { ...words, version: '0' })).status).to.equal(409);
  });

  it('deletes an image that binds nobody, and no other', async () => {
    const browser = await drafter();
    const { _id: campaign } = await aCampaign();
    const used = async (state: 'draft' | 'in-review' | 'approved' | 'returned') => {
      const asset = await anAsset();
      const variant = { _id: newId(), network: 'x', language: 'en', text: 'Call us.', accounts: [] } as const;
      const images = [imageOf(asset)];
      await aMessage({ campaign, state, variants: [{ ...variant, accounts: [], images }] });
      return asset;
    };
    const sent = async (state: DeliveryState) => {
      const asset = await anAsset();
      const { _id } = await aPublishedDelivery({ campaign });
      await Deliveries.updateOne({ _id }, { $set: { state, images: [imageOf(asset)] } });
      return asset;
    };
    const remove = async ({ _id }: { _id: string }) => {
      const answer = await browser.post(`/library/assets/${_id}/deletion`);
      return { status: answer.status, left: await Assets.countDocuments({ _id }) };
    };
    for (const asset of [
      await used('in-review'),
      await used('approved'),
      await sent('scheduled'),
      await sent('unknown'),
    ]) {
      expect(await remove(asset)).to.deep.equal({ status: 422, left: 1 });
      const page = await browser.get(`/library/assets/${asset._id}`);
      expect(page.text).to.include('cannot be deleted now');
    }
    for (const asset of [
      await anAsset(),
      await used('draft'),
      await used('returned'),
      await sent('published'),
    ]) {
      expect(await remove(asset)).to.deep.equal({ status: 303, left: 0 });
    }
  });
});
