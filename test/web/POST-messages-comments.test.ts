import { expect } from 'chai';
import { isApproved, type Message } from '../../server/domain/message.ts';
import { Comments } from '../../server/models/comment.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aCampaign, aMember, aMessage, approved } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const PASSAGE = 'who told our children it was a holiday';

describe('POST /messages/:id/comments', () => {
  useDatabase();
  const web = openWeb();

  async function start(fields: Partial<Message> = {}) {
    const message = await aMessage({ campaign: (await aCampaign())._id, ...fields });
    const comment = {
      back: 'comments',
      'comment.variant': message.variants[0]!._id,
      'comment.quote': PASSAGE,
      'comment.at': '',
      'comment.text': 'Does this blame the parents?',
    };
    return { message, comment, path: `/messages/${message._id}/comments` };
  }

  it('marks the passage, is answered and resolved, and is seen in composer and review', async () => {
    const { message, comment, path } = await start();
    const reviewer = await signedIn(web, await aMember('reviewer'));
    const drafter = await signedIn(web, await aMember('drafter'));
    const made = await reviewer.post(path, { ...comment, back: 'review' });
    expect(made.status, made.text).to.equal(303);
    expect(made.headers.location).to.equal(`/reviews/${message._id}#comments`);
    const { _id } = (await Comments.findOne().lean())!;

    for (const [browser, address] of [
      [drafter, `/messages/${message._id}/edit`],
      [reviewer, `/reviews/${message._id}`],
      [drafter, path],
    ] as const) {
      const page = await browser.get(address);
      expect(page.text).to.include(`<mark data-numbers="1">${PASSAGE}</mark>`);
      expect(page.text).to.include('Does this blame the parents?');
      expect(await htmlProblems(page.text)).to.deep.equal([]);
    }

    const answer = { back: 'composer', 'answer.text': 'No, the recruiters.' };
    expect((await drafter.post(`/comments/${_id}/answers`, answer)).status).to.equal(303);
    expect((await drafter.get(path)).text).to.include('No, the recruiters.');
    expect((await reviewer.post(`/comments/${_id}/resolution`, { back: 'review' })).status).to.equal(303);
    expect((await reviewer.get(`/reviews/${message._id}`)).text).not.to.include(`>${_id}<`);
    const page = await drafter.get(path);
    expect(page.text).to.include('No open comments').and.not.to.include('<mark');
    expect((await drafter.post(`/comments/${_id}/answers`, answer)).status).to.equal(409);
  });

  it('keeps everything that was typed when the passage is not in the text, or nothing is said', async () => {
    const { comment, path } = await start();
    const browser = await signedIn(web, await aMember('drafter'));
    const wrong = await browser.post(path, { ...comment, 'comment.quote': 'Words of another text' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('not in the saved text').and.to.include('Does this blame the parents?');
    expect(await htmlProblems(wrong.text)).to.deep.equal([]);
    const silent = await browser.post(path, { ...comment, 'comment.text': ' ' });
    expect(silent.status).to.equal(422);
    expect(silent.text).to.include(PASSAGE);
    await browser.post(path, comment);
    const { _id } = (await Comments.findOne().lean())!;
    const empty = await browser.post(`/comments/${_id}/answers`, { back: 'review', 'answer.text': '' });
    expect(empty.status).to.equal(422);
    expect(await htmlProblems(empty.text)).to.deep.equal([]);
  });

  it('survives an edit: it follows its words, or keeps them with a note that they were changed', async () => {
    const { message, comment, path } = await start();
    const browser = await signedIn(web, await aMember('drafter'));
    await browser.post(path, comment);
    const rewrite = async (text: string) => {
      await Messages.updateOne({ _id: message._id }, { $set: { 'variants.0.text': text } });
      return (await browser.get(path)).text;
    };
    expect(await rewrite(`At last: ${message.variants[0]!.text}`)).to.include(
      `<mark data-numbers="1">${PASSAGE}`,
    );
    const changed = await rewrite('Call us.');
    expect(changed).to.include('passage changed').and.to.include(PASSAGE).and.not.to.include('<mark');
    await Messages.updateOne({ _id: message._id }, { $set: { variants: [] } });
    expect((await browser.get(path)).text)
      .to.include('Texts that were taken out')
      .and.to.include(PASSAGE);
  });

  it('is no part of an approval, and the trail keeps that it was made without its words', async () => {
    const { message, comment, path } = await start();
    await approved(message, web.context.clock.now());
    const browser = await signedIn(web, await aMember('reviewer'));
    expect((await browser.post(path, comment)).status).to.equal(303);
    expect(isApproved((await Messages.findById(message._id).lean())!)).to.equal(true);
    const event = await TrailEvents.findOne({ verb: 'passage commented' }).lean();
    expect(event?.subjectId).to.equal(message._id);
    expect(JSON.stringify(event)).not.to.include('blame').and.not.to.include('holiday');
  });

  it('says nothing more about a message that was rejected', async () => {
    const { message, comment, path } = await start();
    const browser = await signedIn(web, await aMember('reviewer'));
    expect((await browser.post(path, comment)).status).to.equal(303);
    const { _id } = (await Comments.findOne().lean())!;
    await Messages.updateOne({ _id: message._id }, { $set: { state: 'rejected' } });
    expect((await browser.post(path, comment)).status).to.equal(422);
    const answer = { back: 'comments', 'answer.text': 'Still.' };
    expect((await browser.post(`/comments/${_id}/answers`, answer)).status).to.equal(422);
    expect(await Comments.find().lean()).to.have.length(1);
    expect((await Comments.findById(_id).lean())?.answers).to.be.empty;
    const page = await browser.get(path);
    expect(page.text).to.include('Does this blame the parents?').and.not.to.include('Your answer');
    expect(page.text).not.to.include('name="comment.text"');
  });

  it('holds fifty answers and no more', async () => {
    const { comment, path } = await start();
    const browser = await signedIn(web, await aMember('reviewer'));
    await browser.post(path, comment);
    const { _id } = (await Comments.findOne().lean())!;
    const answers = Array.from({ length: 49 }, () => ({
      _id: newId(),
      text: 'Yes.',
      author: 'a',
      at: new Date(),
    }));
    await Comments.updateOne({ _id }, { $set: { answers } });
    const answer = { back: 'comments', 'answer.text': 'Still.' };
    expect((await browser.post(`/comments/${_id}/answers`, answer)).status).to.equal(303);
    const refused = await browser.post(`/comments/${_id}/answers`, answer);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('50 answers');
    expect((await Comments.findById(_id).lean())?.answers).to.have.length(50);
  });

  it('is for those who write and review', async () => {
    const { comment, path, message } = await start();
    const browser = await signedIn(web, await aMember('scheduler'));
    expect((await browser.post(path, comment)).status).to.equal(403);
    expect((await browser.get(`/reviews/${message._id}`)).text).not.to.include('id="comments"');
  });
});
