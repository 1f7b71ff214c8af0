import { expect } from 'chai';
import { recordEvent } from '../../server/actions/record-event.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('GET /campaigns/:id/trail', () => {
  useDatabase();
  const web = openWeb();

  it('tells what was done in this campaign and nothing of others', async () => {
    const [own, other] = [await aCampaign({ title: 'Come home' }), await aCampaign({ title: 'Another' })];
    for (const { _id, title } of [own, other]) {
      await recordEvent(web.context, {
        actor: null,
        verb: 'brief updated',
        subject: 'campaign',
        subjectId: _id,
        campaign: _id,
        details: { title: `brief of ${title}` },
      });
    }
    const browser = await signedIn(web, await aMember('reviewer'));
    const page = await browser.get(`/campaigns/${own._id}/trail`);
    expect(page.text).to.include('brief of Come home').and.not.to.include('brief of Another');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await browser.get(`/campaigns/${own._id}`)).text).to.include(`/campaigns/${own._id}/trail`);
  });

  it('shows the way only to those who may go it', async () => {
    const { _id } = await aCampaign();
    const browser = await signedIn(web, await aMember('drafter'));
    expect((await browser.get(`/campaigns/${_id}`)).text).not.to.include(`/campaigns/${_id}/trail`);
    expect((await browser.get(`/campaigns/${_id}/trail`)).status).to.equal(403);
  });
});
