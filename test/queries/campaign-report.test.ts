import { expect } from 'chai';
import { NotFound } from '../../server/errors.ts';
import { campaignReport } from '../../server/queries/campaign-report.ts';
import { reportList } from '../../server/queries/report-list.ts';
import { aCampaign, aMessage } from '../support/builders.ts';
import { aMeasurement, aPublishedDelivery, aReply } from '../support/builders-evaluation.ts';
import { useDatabase } from '../support/database.ts';

const question = { now: new Date('2014-10-14T07:00:00Z'), timeZone: 'UTC' };

describe('The report of a campaign', () => {
  useDatabase();

  it('takes the latest figures of every delivery and draws their growth', async () => {
    const { _id: campaign } = await aCampaign();
    const delivery = await aPublishedDelivery({ campaign });
    await aMeasurement(delivery, { takenAt: new Date('2014-10-01T20:00Z'), impressions: 100, likes: 2 });
    await aMeasurement(delivery, { takenAt: new Date('2014-10-03T20:00Z'), impressions: 400, likes: 6 });
    const report = await campaignReport(campaign, question);
    expect(report.overall.impressions).to.equal(400);
    expect(report.overall.engagementRate).to.deep.equal({ numerator: 6, denominator: 400, value: 0.015 });
    expect(report.period).to.include({ firstDay: '2014-10-01', lastDay: '2014-10-03', step: 'day' });
    expect(report.networks[0]?.awareness.map(({ gained }) => gained)).to.deep.equal([100, 0, 300]);
    expect(report.networks[0]?.engagement.map(({ total }) => total)).to.deep.equal([2, 2, 6]);
  });

  it('covers posts that went out in the period, as measured until its end', async () => {
    const { _id: campaign } = await aCampaign();
    const early = await aPublishedDelivery({ campaign });
    const late = await aPublishedDelivery({ campaign, publishedAt: new Date('2014-10-09T08:00Z') });
    await aMeasurement(early, { takenAt: new Date('2014-10-02T08:00Z'), impressions: 100 });
    await aMeasurement(early, { takenAt: new Date('2014-10-12T08:00Z'), impressions: 900 });
    await aMeasurement(late, { takenAt: new Date('2014-10-12T08:00Z'), impressions: 50 });
    const report = await campaignReport(campaign, {
      ...question,
      firstDay: '2014-10-01',
      lastDay: '2014-10-05',
    });
    expect(report.posts.map(({ post }) => post)).to.deep.equal([early.post]);
    expect(report.overall.impressions).to.equal(100);
  });

  it('adds the accounts of a post and sets variants beside each other', async () => {
    const { _id: campaign } = await aCampaign();
    const { _id: message } = await aMessage({ campaign, title: 'Three mothers' });
    const a = { campaign, message, variant: 'a'.repeat(24), post: 'p'.repeat(24) };
    const b = { campaign, message, variant: 'b'.repeat(24) };
    await aMeasurement(await aPublishedDelivery(a), { impressions: 700, likes: 20 });
    await aMeasurement(await aPublishedDelivery(a), { impressions: 300, likes: 4 });
    await aMeasurement(await aPublishedDelivery(b), { impressions: 500, likes: 5 });
    const report = await campaignReport(campaign, question);
    expect(report.posts.map(({ accounts }) => accounts)).to.deep.equal([2, 1]);
    const rates = report.variants.map(({ number, title, summary }) => [
      number,
      title,
      summary.engagementRate.value,
    ]);
    expect(rates).to.deep.equal([
      [1, 'Three mothers', 0.024],
      [2, 'Three mothers', 0.01],
    ]);
    expect(report.variants[0]?.interval?.low).to.be.closeTo(0.0162, 0.0001);
    expect(report.comparisons).to.have.length(1);
    expect(report.comparisons[0]).to.include({ variant: b.variant, reference: a.variant });
  });

  it('keeps the arms of a text apart, side by side, also when a text was another arm before', async () => {
    const { _id: campaign } = await aCampaign();
    const { _id: message } = await aMessage({ campaign });
    const [a, b] = ['a'.repeat(24), 'b'.repeat(24)];
    const outOn = (day: number) => new Date(`2014-10-0${day}T08:00Z`);
    const published = async (day: number, fields: object, likes: number) => {
      const delivery = await aPublishedDelivery({ campaign, message, publishedAt: outOn(day), ...fields });
      await aMeasurement(delivery, { takenAt: outOn(9), impressions: 100, likes });
    };
    await published(1, { variant: a, arm: 'control' }, 1);
    await published(2, {}, 2);
    await published(3, { variant: b, arm: 'empathy' }, 3);
    await published(4, { variant: a, arm: 'control' }, 4);
    await published(5, { variant: a, arm: 'question' }, 5);
    const report = await campaignReport(campaign, question);
    const rows = report.variants.map(({ number, arm, posts, summary }) => [
      number,
      arm,
      posts,
      summary.engagementRate.numerator,
    ]);
    expect(rows).to.deep.equal([
      [1, 'control', 2, 5],
      [2, 'empathy', 1, 3],
      [3, 'question', 1, 5],
      [4, null, 1, 2],
    ]);
    expect(report.posts.map(({ arm }) => arm)).to.deep.equal([
      'control',
      null,
      'empathy',
      'control',
      'question',
    ]);
    const compared = report.comparisons.map(({ variant }) => variant);
    expect(compared).to.include.members([`${b} empathy`, `${a} question`]);
  });

  it('keeps networks apart and names what each does not give', async () => {
    const { _id: campaign } = await aCampaign();
    await aMeasurement(await aPublishedDelivery({ campaign }), { impressions: 100, likes: 1 });
    await aMeasurement(await aPublishedDelivery({ campaign, network: 'mastodon' }), { likes: 50 });
    const report = await campaignReport(campaign, question);
    const [x, mastodon] = report.networks;
    expect(x?.notMeasured).to.include.members(['reach', 'linkClicks']).and.not.include('impressions');
    expect(mastodon?.notMeasured).to.include.members(['reach', 'impressions']);
    expect(mastodon?.summary.engagementRate.value).to.equal(null);
    expect(report.overall.engagementRate).to.deep.equal({ numerator: 1, denominator: 100, value: 0.01 });
  });

  it('counts replies over the whole campaign, whatever the period', async () => {
    const { _id: campaign } = await aCampaign();
    await aPublishedDelivery({ campaign });
    for (let index = 0; index < 12; index += 1) {
      await aReply({ campaign, code: 'constructive', receivedAt: new Date('2014-12-01T00:00Z') });
    }
    const period = { ...question, firstDay: '2014-10-01', lastDay: '2014-10-01' };
    const { replies } = await campaignReport(campaign, period);
    expect(replies.stored).to.equal(12);
    expect(replies.coded).to.equal(12);
  });

  it('sets objectives beside what was measured', async () => {
    const { _id: campaign } = await aCampaign({
      brief: {
        objectives: [
          {
            statement: 'Seen',
            tier: 'awareness',
            indicator: 'Impressions',
            baseline: 0,
            target: 400,
            dueOn: null,
            source: 'X',
          },
        ],
      } as never,
    });
    await aMeasurement(await aPublishedDelivery({ campaign }), { impressions: 212 });
    const [objective] = (await campaignReport(campaign, question)).objectives;
    expect(objective?.now).to.equal(212);
    expect(objective?.progress.value).to.equal(0.53);
  });

  it('says that nothing is out yet, and that a post was never measured', async () => {
    const { _id: campaign } = await aCampaign();
    expect((await campaignReport(campaign, question)).hasPublished).to.equal(false);
    await aPublishedDelivery({ campaign });
    const report = await campaignReport(campaign, question);
    expect(report.unmeasuredPosts).to.equal(1);
    expect(report.overall.impressions).to.equal(null);
  });

  it('does not exist without its campaign', async () => {
    let thrown: unknown;
    await campaignReport('0'.repeat(24), question).catch((error) => {
      thrown = error;
    });
    expect(thrown).to.be.instanceOf(NotFound);
  });

  it('is listed with its key figures', async () => {
    const { _id: campaign } = await aCampaign({ title: 'Come Home' });
    await aCampaign({ title: 'Not begun' });
    await aMeasurement(await aPublishedDelivery({ campaign }), { impressions: 212, likes: 3 });
    const lines = await reportList();
    expect(lines.map(({ title, posts }) => [title, posts])).to.have.deep.members([
      ['Come Home', 1],
      ['Not begun', 0],
    ]);
    expect(lines.find(({ posts }) => posts === 1)?.summary.impressions).to.equal(212);
  });
});
