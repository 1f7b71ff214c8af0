import { expect } from 'chai';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { UnsavedDrafts } from '../../server/models/unsaved-draft.ts';
import { aCampaign, aMember, aMessage, anApprovedMessage } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { aPicture } from '../support/pictures.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const typed = {
  title: 'Three mothers',
  type: 'help-offer',
  origin: 'human',
  'callToAction.text': 'Call us',
  'callToAction.service': 'Helpline',
  'variants[0].network': 'x',
  'variants[0].language': 'en',
  'variants[0].text': 'Half a sentence that nobody sav',
};

describe('POST /messages/:id/unsaved', () => {
  useDatabase();
  const web = openWeb(testContext());

  it('keeps what was typed and offers it the next time, to its writer alone', async () => {
    const message = await aMessage({ title: 'As it was saved', campaign: (await aCampaign())._id });
    const page = `/messages/${message._id}/edit`;
    const [writer, other] = [
      await signedIn(web, await aMember('drafter')),
      await signedIn(web, await aMember('drafter')),
    ];
    const kept = await writer.post(`/messages/${message._id}/unsaved`, { ...typed, version: '0' });
    expect(kept.status).to.equal(200);
    expect(kept.text).to.match(/^Kept at .*\d/);
    const offered = await writer.get(page);
    expect(offered.text).to.include('As it was saved').and.include('You typed something here until');
    expect(await htmlProblems(offered.text)).to.deep.equal([]);
    expect((await other.get(page)).text).not.to.include('You typed something here');

    const continued = await writer.get(`${page}?unsaved=continued`);
    expect(continued.text).to.include('value="Three mothers"').and.include('that nobody sav</textarea>');
    expect((await Messages.findById(message._id).lean())?.title).to.equal('As it was saved');
    expect(await TrailEvents.countDocuments()).to.equal(0);
  });

  it('leaves an approval as it is', async () => {
    const message = await anApprovedMessage({ campaign: (await aCampaign())._id });
    const browser = await signedIn(web, await aMember('drafter'));
    await browser.post(`/messages/${message._id}/unsaved`, { ...typed, version: '0' });
    expect((await Messages.findById(message._id).lean())?.state).to.equal('approved');
  });

  it('is over once it was saved, and keeps nothing for a stranger to the form', async () => {
    const message = await aMessage({ campaign: (await aCampaign())._id });
    const browser = await signedIn(web, await aMember('drafter'));
    await browser.post(`/messages/${message._id}/unsaved`, { ...typed, version: '0' });
    const saved = await browser.post(`/messages/${message._id}`, { ...typed, version: '0' });
    expect(saved.status, saved.text).to.equal(303);
    expect(await UnsavedDrafts.countDocuments()).to.equal(0);
    const asReviewer = await signedIn(web, await aMember('reviewer'));
    expect((await asReviewer.post(`/messages/${message._id}/unsaved`, typed)).status).to.equal(403);
  });

  it('keeps nothing about what is not there', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const message = await browser.post(`/messages/${newId()}/unsaved`, typed);
    const campaign = await browser.post('/messages/unsaved', { ...typed, campaign: newId() });
    expect([message.status, campaign.status]).to.deep.equal([404, 404]);
    expect(await UnsavedDrafts.countDocuments()).to.equal(0);
  });

  it('shows the composer also for a form that nobody could have sent', async () => {
    const message = await aMessage({ campaign: (await aCampaign())._id });
    const browser = await signedIn(web, await aMember('drafter'));
    const odd = { title: 'Odd', variants: 'none', version: '0' };
    expect((await browser.post(`/messages/${message._id}`, odd)).status).to.equal(422);
    await browser.post(`/messages/${message._id}/unsaved`, odd);
    expect((await browser.get(`/messages/${message._id}/edit?unsaved=continued`)).status).to.equal(200);
  });

  it('says so when a colleague saved meanwhile', async () => {
    const message = await aMessage({ campaign: (await aCampaign())._id });
    const browser = await signedIn(web, await aMember('drafter'));
    await browser.post(`/messages/${message._id}/unsaved`, { ...typed, version: '0' });
    const colleague = await signedIn(web, await aMember('drafter'));
    await colleague.post(`/messages/${message._id}`, { ...typed, title: 'Faster', version: '0' });
    const continued = await browser.get(`/messages/${message._id}/edit?unsaved=continued`);
    expect(continued.text).to.include('Somebody else saved this while you were writing');
  });

  for (const isNew of [true, false]) {
    it(`lets the writer of a ${isNew ? 'new' : 'saved'} message bring an image, with nothing lost`, async () => {
      const { _id: campaign } = await aCampaign();
      const message = isNew ? null : await aMessage({ campaign });
      const browser = await signedIn(web, await aMember('drafter'));
      const kept = await browser.post(message ? `/messages/${message._id}/upload` : '/messages/upload', {
        ...typed,
        ...(message ? { version: '0' } : { campaign }),
        step: 'upload-image-0',
      });
      const about = message ? `message=${message._id}` : `campaign=${campaign}`;
      expect(kept.headers.location).to.equal(`/library/assets/new?${about}&variant=0`);
      const page = await browser.get(kept.headers.location ?? '');
      expect(page.text).to.include('Once the image is saved, you go on there');
      expect(await htmlProblems(page.text)).to.deep.equal([]);
      const file = {
        name: 'image',
        filename: 'bridge.jpg',
        bytes: await aPicture({ width: 60, height: 40 }),
      };
      const fields = { message: message?._id ?? '', campaign: message ? '' : campaign, variant: '0' };
      const refused = await browser.upload('/library/assets', { ...fields, origin: 'none' }, file);
      expect(refused.status).to.equal(422);
      expect(refused.text).to.include('Once the image is saved, you go on there');
      const saved = await browser.upload(
        '/library/assets',
        { ...fields, origin: 'human', altText: 'A bridge.' },
        file,
      );
      expect(saved.status, saved.text).to.equal(303);
      const composer = await browser.get(saved.headers.location ?? '');
      expect(composer.text).to.include('that nobody sav</textarea>').and.to.include('A bridge.</textarea>');
      expect(composer.text).to.include('name="variants[0].images[0].altText"');
    });
  }

  it('keeps a message that was never saved, by its campaign, until it is thrown away', async () => {
    const campaign = await aCampaign();
    const browser = await signedIn(web, await aMember('drafter'));
    const page = `/messages/new?campaign=${campaign._id}`;
    await browser.post('/messages/unsaved', { ...typed, campaign: campaign._id });
    expect((await browser.get(`${page}&unsaved=continued`)).text).to.include('that nobody sav</textarea>');
    expect(await htmlProblems((await browser.get(page)).text)).to.deep.equal([]);
    const ended = await browser.submit(page, '/messages/unsaved/end', {});
    expect(ended.headers.location).to.equal(page);
    expect((await browser.get(page)).text).not.to.include('You typed something here');
  });
});
