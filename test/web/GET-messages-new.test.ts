import { expect } from 'chai';
import { aCampaign, aMember } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('GET /messages/new', () => {
  useDatabase();
  const web = openWeb();

  it('asks which campaign a message is for, and leaves out the closed ones', async () => {
    const open = await aCampaign({ title: 'Come home', state: 'running' });
    await aCampaign({ title: 'Long over', state: 'closed' });
    const browser = await signedIn(web, await aMember('drafter'));
    const page = await browser.get('/messages/new');
    expect(page.status).to.equal(200);
    expect(page.text).to.include(`/messages/new?campaign&#x3D;${open._id}`).and.not.to.include('Long over');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const composer = await browser.get(`/messages/new?campaign=${open._id}`);
    expect(composer.text).to.include('name="variants[0].text"');
  });

  it('offers to plan a campaign while there is none', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const page = await browser.get('/messages/new');
    expect(page.text).to.include('href="/campaigns/new"');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });
});
