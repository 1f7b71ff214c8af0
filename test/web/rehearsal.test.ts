import { expect } from 'chai';
import { Campaigns } from '../../server/models/campaign.ts';
import { Members } from '../../server/models/member.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('GET /rehearsal', () => {
  useDatabase();
  const url = 'http://127.0.0.1:9';
  const load = async () => {
    await aCampaign({ title: 'Come home', isDemo: true });
    const { _id } = await aMember('drafter');
    await Members.updateOne({ _id }, { name: 'Amal', isDemo: true });
    return { password: 'shown-only-once' };
  };
  const web = openWeb(testContext({ rehearsal: { x: url, mastodon: url, bluesky: 'http://127.0.0.1:8' } }), {
    loadDemoWorld: load,
  });

  it('leads to the timeline and the settings of every stand-in', async () => {
    const page = await (await signedIn(web, await aMember('drafter'))).get('/rehearsal');
    expect(page.status).to.equal(200);
    for (const address of [
      `${url}/rehearsal/x`,
      `${url}/rehearsal/mastodon`,
      'http://127.0.0.1:8/rehearsal/bluesky',
    ]) {
      expect(page.text).to.include(`"${address}"`).and.to.include(`"${address}/settings"`);
    }
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('lets an administrator load the demo world and take it out again, their own work untouched', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    await aCampaign({ title: 'Our own' });
    const loaded = await browser.submit('/rehearsal', '/rehearsal/demo-world', {});
    expect(loaded.status).to.equal(201);
    expect(loaded.text).to.include('Amal').and.to.include('shown-only-once');
    expect((await browser.get('/rehearsal')).text).not.to.include('action="/rehearsal/demo-world"');

    const removed = await browser.submit('/rehearsal', '/rehearsal/demo-world/removal', {});
    expect(removed.headers.location).to.equal('/rehearsal');
    expect((await browser.get('/rehearsal')).text).to.include('The demo world is gone.');
    expect((await Campaigns.find().lean()).map(({ title }) => title)).to.deep.equal(['Our own']);
    expect(await Members.countDocuments({ isDemo: true })).to.equal(0);
  });

  it('offers neither to somebody else', async () => {
    const browser = await signedIn(web, await aMember('scheduler'));
    expect((await browser.get('/rehearsal')).text).not.to.include('action="/rehearsal/demo-world');
    expect((await browser.post('/rehearsal/demo-world')).status).to.equal(403);
  });

  it('is not there where the real networks are used', async () => {
    const live = openWeb(testContext());
    expect((await (await signedIn(live, await aMember('drafter'))).get('/rehearsal')).status).to.equal(404);
  });
});
