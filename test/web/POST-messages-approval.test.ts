import { expect } from 'chai';
import { checklistFor } from '../../server/domain/checklist.ts';
import { approvalSubject } from '../../server/domain/message.ts';
import { Assessments } from '../../server/models/assessment.ts';
import { Messages } from '../../server/models/message.ts';
import { aMember } from '../support/builders.ts';
import { aMessageInReview, assessed, risksWith } from '../support/builders-review.ts';
import { useDatabase } from '../support/database.ts';
import { type Fields, htmlProblems, openWeb, signedIn } from '../support/web.ts';

/** What the form holds when every answer on record is shown in it. */
function answers(): Record<string, string> {
  return Object.fromEntries(
    risksWith().flatMap(({ question, ...risk }) =>
      Object.entries(risk).map(([name, value]) => [`risks.${question}.${name}`, String(value)]),
    ),
  );
}

describe('POST /messages/:id/approval', () => {
  useDatabase();
  const web = openWeb();

  async function start(fields: Parameters<typeof aMessageInReview>[0] = {}) {
    const message = await aMessageInReview(fields);
    const browser = await signedIn(web, await aMember('reviewer'));
    const form: Fields = {
      contentHash: message.contentHash,
      seen: approvalSubject(message),
      checked: checklistFor(message, null),
      comment: 'Calm and clear',
      ...answers(),
    };
    return { message, browser, form, path: `/messages/${message._id}` };
  }

  it('approves the text that was shown, after its assessment was saved', async () => {
    const { message, browser, form, path } = await start();
    expect((await browser.post(`${path}/assessment`, form)).status).to.equal(303);
    const page = await browser.get(`/reviews/${message._id}`);
    expect(page.text).to.include('One approval is enough');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await browser.post(`${path}/approval`, form)).status).to.equal(303);
    expect(await Messages.findById(message._id).lean()).to.include({ state: 'approved' });
  });

  it('answers 409 with what changed when the text is another by now, and keeps what was typed', async () => {
    const { message, browser, form, path } = await start();
    await assessed(message);
    const changed = await Messages.findById(message._id);
    changed?.set('variants.0.text', 'Another text altogether');
    await changed?.save();
    const page = await browser.post(`${path}/approval`, form);
    expect(page.status).to.equal(409);
    expect(page.text).to.include('Another text altogether').and.to.include('Three mothers, one question');
    expect(page.text).to.include('Calm and clear');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect(await Messages.findById(message._id).lean()).to.include({ state: 'in-review' });
  });

  it('asks for a saved assessment first and keeps every answer', async () => {
    const { browser, form, path } = await start();
    const page = await browser.post(`${path}/approval`, form);
    expect(page.status).to.equal(422);
    expect(page.text)
      .to.include('Save the assessment first')
      .and.to.include('Comments answered within the hour');
    expect(await Assessments.countDocuments()).to.equal(0);
  });

  it('needs a reason to return, and says so beside the field', async () => {
    const { browser, form, path, message } = await start();
    const page = await browser.post(`${path}/return`, { ...form, comment: '' });
    expect(page.status).to.equal(422);
    expect(page.text).to.include('href="#field-comment"');
    expect((await browser.post(`${path}/return`, { ...form, comment: 'Say who answers' })).status).to.equal(
      303,
    );
    expect(await Messages.findById(message._id).lean()).to.include({ state: 'returned' });
  });

  it('shows authors their own work without any decision', async () => {
    const author = await aMember('drafter', 'reviewer');
    const message = await aMessageInReview({ createdBy: author._id });
    const browser = await signedIn(web, author);
    const queue = await browser.get('/reviews');
    expect(queue.text).to.include('You wrote this');
    expect(await htmlProblems(queue.text)).to.deep.equal([]);
    const page = await browser.get(`/reviews/${message._id}`);
    expect(page.text).to.include('You wrote this').and.not.to.include('/approval');
  });
});
