import { expect } from 'chai';
import { Campaigns } from '../../server/models/campaign.ts';
import { aCampaign, aMember, aNarrative } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('POST /campaigns', () => {
  useDatabase();
  const web = openWeb();

  it('creates a campaign and leads to its brief; a period that ends before it begins keeps what was typed', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const refused = await browser.post('/campaigns', {
      title: 'Come home',
      startsOn: '2014-10-20',
      endsOn: '2014-10-01',
    });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('value="Come home"').and.to.include('before the first one');
    const created = await browser.post('/campaigns', {
      title: 'Come home',
      startsOn: '2014-10-01',
      endsOn: '',
    });
    expect(created.status).to.equal(303);
    const brief = await browser.get(created.headers.location ?? '');
    expect(brief.status).to.equal(200);
    expect(await htmlProblems(brief.text)).to.deep.equal([]);
  });

  it('saves a brief in any order and says what is still missing', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const { _id } = await aCampaign();
    const narrative = await aNarrative();
    const saved = await browser.post(`/campaigns/${_id}/brief`, {
      version: '0',
      title: 'Come home',
      startsOn: '',
      endsOn: '',
      narratives: [narrative._id],
      'brief.problem': 'Parents learn of it too late',
    });
    expect(saved.status).to.equal(303);
    const page = await browser.get(`/campaigns/${_id}`);
    expect(page.text).to.include('Parents learn of it too late').and.to.include('Dialogue plan');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await Campaigns.findById(_id).lean())?.narratives).to.deep.equal([narrative._id]);
  });

  it('counts while somebody types, leaves out rows that are not whole, and saves nothing', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const { _id } = await aCampaign();
    const brief = await browser.get(`/campaigns/${_id}/brief`);
    expect(await htmlProblems(brief.text)).to.deep.equal([]);
    expect(brief.text).to.not.include('(optional)');
    expect(brief.text).to.match(/for="field-brief-risks">Risks <span[^>]*>needed to start</);
    const typed = await browser.post(`/campaigns/${_id}/brief/standing`, {
      version: '0',
      title: '',
      'brief.problem': 'Parents learn of it too late',
      'brief.risks': 'Parents learn of it too late.',
      'brief.objectives[0].statement': '400 calls',
    });
    expect(typed.status).to.equal(200);
    expect(typed.text).to.include('3 of 24 parts are there.').and.include('It says the same as “Problem”.');
    expect(typed.text).to.include('hx-swap-oob="true">3 of 24');
    expect((await Campaigns.findById(_id).lean())?.brief.problem).to.equal('');
  });

  it('lists campaigns with their state, and shows nobody but drafters how to make one', async () => {
    await aCampaign({ title: 'Before you go' });
    const page = await (await signedIn(web, await aMember('evaluator'))).get('/campaigns');
    expect(page.text).to.include('Before you go').and.not.to.include('/campaigns/new');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });
});
