import { expect } from 'chai';
import { keepCredential } from '../../server/actions/keep-credential.ts';
import { Measurements } from '../../server/models/measurement.ts';
import type { MeasureOutcome } from '../../server/platforms/platform.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aCampaign, aMember, anAccount } from '../support/builders.ts';
import { aPublishedDelivery } from '../support/builders-evaluation.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { openWeb, signedIn } from '../support/web.ts';

const FIGURES = {
  impressions: 900,
  likes: 12,
  reposts: 3,
  replies: 0,
  quotes: null,
  bookmarks: null,
  linkClicks: null,
  profileClicks: null,
};

describe('POST /campaigns/:id/measurement', () => {
  useDatabase();
  let answer: (ids: readonly string[]) => MeasureOutcome;
  const context = testContext({
    platforms: { x: acceptingPlatform({ measure: async (_credential, ids) => answer(ids) }) },
  });
  const web = openWeb(context);

  async function aPublishedCampaign() {
    const [campaign, account] = [await aCampaign(), await anAccount()];
    await keepCredential(context, account._id, { token: 'secret' });
    const delivery = await aPublishedDelivery({
      campaign: campaign._id,
      account: account._id,
      publishedAt: new Date('2014-10-14T06:58:00Z'),
    });
    return { campaign, delivery };
  }

  it('reads the figures of a young post before its turn, once a minute', async () => {
    answer = (ids) => ({ kind: 'measured', byRemoteId: new Map(ids.map((id) => [id, FIGURES])) });
    const { campaign, delivery } = await aPublishedCampaign();
    await aPublishedDelivery();
    const browser = await signedIn(web, await aMember('evaluator'));
    const report = `/campaigns/${campaign._id}/report`;
    for (const _time of [1, 2]) {
      const read = await browser.submit(report, `/campaigns/${campaign._id}/measurement`, {});
      expect(read.headers.location).to.equal(report);
    }
    const taken = await Measurements.find().lean();
    expect(taken).to.have.length(1);
    expect(taken[0]).to.deep.include({ delivery: delivery._id, impressions: 900, ageMinutes: 2 });
    expect((await browser.get(report)).text).to.include('The figures of one post were read just now.');
  });

  it('says when a network does not give them', async () => {
    answer = () => ({ kind: 'failed', detail: 'HTTP 503' });
    const { campaign } = await aPublishedCampaign();
    const browser = await signedIn(web, await aMember('evaluator'));
    const refused = await browser.post(`/campaigns/${campaign._id}/measurement`);
    expect(refused.status).to.equal(502);
    expect(await Measurements.countDocuments()).to.equal(0);
  });

  it('is not for drafters', async () => {
    const { campaign } = await aPublishedCampaign();
    const browser = await signedIn(web, await aMember('drafter'));
    expect((await browser.post(`/campaigns/${campaign._id}/measurement`)).status).to.equal(403);
    expect((await browser.get(`/campaigns/${campaign._id}/report`)).text).not.to.include('measurement"');
  });
});
