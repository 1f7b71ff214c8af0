import { expect } from 'chai';
import { CrisisPauses } from '../../server/models/crisis-pause.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { aCampaign, aMember, anAccount } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('POST /pause', () => {
  useDatabase();
  const web = openWeb();

  it('needs a reason, pauses, and puts what became overdue before a person', async () => {
    const browser = await signedIn(web, await aMember('scheduler'));
    const account = await anAccount();
    const made = await Deliveries.create({
      post: newId(),
      campaign: newId(),
      message: newId(),
      variant: newId(),
      account: account._id,
      network: 'x',
      language: 'en',
      text: 'You can still call.',
      contentHash: 'h',
      lane: 0,
      state: 'scheduled',
      dueAt: new Date('2014-10-14T06:59:00Z'),
      nextAt: new Date('2014-10-14T06:59:00Z'),
    });
    expect((await browser.post('/pause', { reason: ' ' })).status).to.equal(422);
    expect((await browser.post('/pause', { reason: 'An attack in the city' })).status).to.equal(303);
    const page = await browser.get('/pause/new');
    expect(page.text).to.include('An attack in the city').and.to.include(`/posts/${made.post}`);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const resumed = await browser.post('/pause/resumption');
    expect(resumed.headers.location).to.equal('/deliveries');
    expect(await CrisisPauses.countDocuments({ endedAt: null })).to.equal(0);
    const list = await browser.get('/deliveries');
    expect(list.text).to.include(`/deliveries/${made._id}`);
    expect(await htmlProblems(list.text)).to.deep.equal([]);
    const shown = await browser.get(`/deliveries/${made._id}`);
    expect(await htmlProblems(shown.text)).to.deep.equal([]);
    const decision = { rev: String((await Deliveries.findById(made._id).lean())?.rev), resolution: 'cancel' };
    const stale = { ...decision, rev: '99' };
    expect((await browser.post(`/deliveries/${made._id}/resolution`, stale)).status).to.be.oneOf([404, 409]);
  });

  it('shows what is still scheduled by campaign, holds it, and lets go on what a person ticks', async () => {
    const browser = await signedIn(web, await aMember('scheduler'));
    const account = await anAccount();
    const [touched, free] = [await aCampaign({ title: 'Ask Me' }), await aCampaign({ title: 'Harbour' })];
    const dueAt = new Date(web.context.clock.now().getTime() + 2 * 86_400_000);
    for (const { _id: campaign } of [touched, touched, free]) {
      const facts = { post: newId(), message: newId(), variant: newId(), account: account._id, lane: 0 };
      const text = { network: 'x' as const, language: 'en', text: 'Call.', contentHash: 'h' };
      await Deliveries.create({ ...facts, ...text, campaign, state: 'scheduled', dueAt, nextAt: dueAt });
    }
    await browser.post('/pause', { reason: 'An attack in the city' });
    const page = await browser.get('/pause/new');
    expect(page.text).to.include('Ask Me').and.to.include('2 posts').and.to.include('Harbour');
    expect(page.text).not.to.match(/name="letGo"[^>]* checked/);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await browser.post('/pause/resumption', { letGo: 'x' })).status).to.equal(422);
    expect((await browser.post('/pause/resumption', { letGo: free._id })).status).to.equal(303);
    expect(await Deliveries.countDocuments({ campaign: touched._id, state: 'held' })).to.equal(2);
    expect(await Deliveries.countDocuments({ campaign: free._id, state: 'scheduled' })).to.equal(1);
    expect((await browser.get('/calendar')).text).to.include('2 scheduled posts are held');
  });
});
