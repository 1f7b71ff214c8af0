import { expect } from 'chai';
import { Members } from '../../server/models/member.ts';
import { aCampaign, aMember, aMessage } from '../support/builders.ts';
import { aMeasurement, aPublishedDelivery, aReply } from '../support/builders-evaluation.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

async function aMeasuredCampaign() {
  const campaign = await aCampaign({ lessons: 'Ask, do not tell.' });
  const message = await aMessage({ campaign: campaign._id, title: '=Three mothers' });
  const about = { campaign: campaign._id, message: message._id };
  const delivery = await aPublishedDelivery(about);
  await aMeasurement(delivery, { takenAt: new Date('2014-10-01T20:00Z'), impressions: 100, likes: 2 });
  await aMeasurement(delivery, { takenAt: new Date('2014-10-03T20:00Z'), impressions: 1400, likes: 28 });
  await aMeasurement(await aPublishedDelivery(about), { impressions: 600, likes: 3 });
  return campaign;
}

const marksOf = (html: string) => [...html.matchAll(/<title>X, ([^<·]+) · ([^<]+)<\/title><\/path>/g)];

describe('GET /campaigns/:id/report', () => {
  useDatabase();
  const web = openWeb();

  it('shows figures with what they rest on, and says what was not measured', async () => {
    const campaign = await aMeasuredCampaign();
    const browser = await signedIn(web, await aMember('evaluator'));
    const page = await browser.get(`/campaigns/${campaign._id}/report`);
    expect(page.status).to.equal(200);
    expect(page.text)
      .to.include('2,000 impressions')
      .and.include('31/2,000')
      .and.include('Ask, do not tell.');
    expect(page.text).to.include('Numerator').and.include('Denominator').and.include('Source');
    expect(page.text).to.match(/<li>X: reach, .*profile clicks<\/li>/);
    expect(page.text).to.include('Observational');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('says in its table what its picture shows', async () => {
    const campaign = await aMeasuredCampaign();
    const browser = await signedIn(web, await aMember('drafter'));
    const { text } = await browser.get(`/campaigns/${campaign._id}/report?show=total`);
    const marks = marksOf(text);
    expect(marks).to.have.length(6);
    for (const [, period, value] of marks) {
      expect(text).to.include(`<tr><th scope="row">${period}</th><td class="number">${value}</td></tr>`);
    }
  });

  it('keeps its period in its address and refuses one that makes no sense, with what was typed', async () => {
    const campaign = await aMeasuredCampaign();
    const browser = await signedIn(web, await aMember('evaluator'));
    const address = `/campaigns/${campaign._id}/report`;
    const empty = await browser.get(`${address}?from=2014-11-01&to=2014-11-02&step=day`);
    expect(empty.text).to.include('Nothing went out in this period');
    expect(await htmlProblems(empty.text)).to.deep.equal([]);
    const backwards = await browser.get(`${address}?from=2014-11-02&to=2014-11-01`);
    expect(backwards.status).to.equal(422);
    expect(backwards.text).to.include('ends before it begins').and.include('value="2014-11-02"');
    expect(await htmlProblems(backwards.text)).to.deep.equal([]);
    expect((await browser.get(`${address}?from=2014-02-30`)).status).to.equal(422);
  });

  it('speaks French and Arabic', async () => {
    const campaign = await aMeasuredCampaign();
    for (const [language, word] of [
      ['fr', 'Taux d’engagement'],
      ['ar', 'معدل التفاعل'],
    ] as const) {
      const member = await aMember('evaluator');
      await Members.updateOne({ _id: member._id }, { $set: { language } });
      const page = await (await signedIn(web, member)).get(`/campaigns/${campaign._id}/report`);
      expect(page.text).to.include(word);
      expect(await htmlProblems(page.text)).to.deep.equal([]);
    }
  });

  it('says what belongs there while nothing is published', async () => {
    const campaign = await aCampaign();
    const browser = await signedIn(web, await aMember('evaluator'));
    const page = await browser.get(`/campaigns/${campaign._id}/report`);
    expect(page.text).to.include('Nothing has been published yet');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('exports CSV that no spreadsheet runs, to evaluators only', async () => {
    const campaign = await aMeasuredCampaign();
    const address = `/campaigns/${campaign._id}/report.csv`;
    const file = await (await signedIn(web, await aMember('evaluator'))).get(address);
    expect(file.get('Content-Type')).to.match(/^text\/csv/);
    expect(file.get('Content-Disposition')).to.equal('attachment; filename=report-2014-10-01-2014-10-03.csv');
    expect(file.text).to.include('network,,x,,,impressions,,,2000,,,measured');
    for (const line of file.text.split('\r\n')) {
      for (const cell of line.split(',')) expect(cell).not.to.match(/^"?[=+@\t\r]/);
    }
    expect((await (await signedIn(web, await aMember('drafter'))).get(address)).status).to.equal(403);
  });

  it('shows arms beside each other without naming a winner, and exports them', async () => {
    const campaign = await aMeasuredCampaign();
    const { _id: message } = await aMessage({ campaign: campaign._id, title: 'Goodnight' });
    for (const arm of ['question', 'story']) {
      const delivery = await aPublishedDelivery({ campaign: campaign._id, message, arm });
      await aMeasurement(delivery, { impressions: 700, likes: 7 });
    }
    const browser = await signedIn(web, await aMember('evaluator'));
    const page = await browser.get(`/campaigns/${campaign._id}/report`);
    expect(page.text).to.include('arm question').and.include('arm story');
    expect(page.text).to.include('no row says that a difference is more than chance');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const { text } = await browser.get(`/campaigns/${campaign._id}/report.csv`);
    expect(text).to.match(/^variant,\d Goodnight,x,en,story,impressions,,,700,/m);
    expect(text).to.match(/^post,[0-9a-f]{24},x,en,question,impressions,,,700,/m);
  });

  it('folds the statistics away, and says before them in plain words what the comparison shows', async () => {
    const campaign = await aMeasuredCampaign();
    const { _id: message } = await aMessage({ campaign: campaign._id, title: 'Goodnight' });
    await aMeasurement(await aPublishedDelivery({ campaign: campaign._id, message }), {
      impressions: 3000,
      likes: 300,
    });
    await aReply({ campaign: campaign._id, code: 'neutral' });
    const browser = await signedIn(web, await aMember('evaluator'));
    const page = (await browser.get(`/campaigns/${campaign._id}/report`)).text;
    const folded = page.slice(page.indexOf('How this was computed'));
    expect(folded).to.include('Wilson');
    expect(page.replace(folded, '')).not.to.match(/Wilson|Newcombe|Holm|\bp [<=]/);
    expect(page).to.match(
      /On X text \d drew (?:more|less) engagement for its impressions than text \d; chance alone would rarely/,
    );
    expect(await htmlProblems(page)).to.deep.equal([]);
    expect(page).to.include('Replies stored: fewer than 10; sorted: fewer than 10.');
  });

  it('exports JSON with the same counts left out', async () => {
    const campaign = await aMeasuredCampaign();
    await aReply({ campaign: campaign._id, code: 'help-seeking' });
    const browser = await signedIn(web, await aMember('evaluator'));
    const { body } = await browser.get(`/campaigns/${campaign._id}/report.json`);
    expect(body.overall.impressions).to.equal(2000);
    expect(body.replies.stored).to.equal(null);
    expect(body.replies.codes.find(({ name }: { name: string }) => name === 'help-seeking')).to.deep.equal({
      name: 'help-seeking',
      count: null,
      isSuppressed: true,
    });
  });

  it('is listed under reports', async () => {
    const campaign = await aMeasuredCampaign();
    await aCampaign({ title: 'Not begun' });
    const page = await (await signedIn(web, await aMember('evaluator'))).get('/reports');
    expect(page.text).to.include(`/campaigns/${campaign._id}/report`).and.include('2,000');
    expect(page.text).to.include('Nothing has been published yet');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });
});
