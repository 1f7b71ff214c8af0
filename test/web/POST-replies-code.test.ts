import { expect } from 'chai';
import { Replies } from '../../server/models/reply.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { aPublishedDelivery, aReply } from '../support/builders-evaluation.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

async function aWaitingReply(text = 'My brother talks like this. What can I do?') {
  const { _id: campaign } = await aCampaign();
  const { _id: delivery } = await aPublishedDelivery({ campaign });
  return aReply({ campaign, delivery, text });
}

describe('POST /replies/:id/code', () => {
  useDatabase();
  const web = openWeb();

  it('codes the reply that waits longest and goes on with the next', async () => {
    const reply = await aWaitingReply();
    const evaluator = await aMember('evaluator');
    const browser = await signedIn(web, evaluator);
    const queue = await browser.get('/replies');
    expect(queue.text).to.include('1 reply waits to be sorted').and.include('class="veiled"');
    expect(queue.text, 'as small a number as the report hides').to.include('sorted so far: fewer than 10.');
    expect(queue.text).not.to.include(reply.threadKey).and.not.include(reply.replyKey);
    expect(await htmlProblems(queue.text)).to.deep.equal([]);
    const answer = await browser.submit('/replies', `/replies/${reply._id}/code`, { code: 'neutral' });
    expect(answer.status).to.equal(303);
    expect(answer.get('Location')).to.equal('/replies');
    const stored = await Replies.findById(reply._id).lean();
    expect(stored).to.include({ code: 'neutral', coder: evaluator._id });
    const after = await browser.get('/replies');
    expect(after.text).to.include('Every reply is sorted');
    expect(await htmlProblems(after.text)).to.deep.equal([]);
  });

  it('stays in the queue of one campaign', async () => {
    const reply = await aWaitingReply();
    await aWaitingReply('Another campaign');
    const browser = await signedIn(web, await aMember('evaluator'));
    const queue = `/campaigns/${reply.campaign}/replies`;
    const answer = await browser.submit(queue, `/replies/${reply._id}/code`, { code: 'constructive' });
    expect(answer.get('Location')).to.equal(queue);
    expect((await browser.get(queue)).text).to.include('Every reply is sorted');
  });

  it('shows the protocol after a call for help and stores only that support was offered', async () => {
    const reply = await aWaitingReply();
    const browser = await signedIn(web, await aMember('evaluator'));
    const answer = await browser.post(`/replies/${reply._id}/code`, { code: 'help-seeking', queue: '' });
    expect(answer.get('Location')).to.equal(`/replies/${reply._id}`);
    const page = await browser.get(`/replies/${reply._id}`);
    expect(page.text).to.include('Somebody asks for help').and.include('112');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    for (const _twice of [1, 2]) await browser.post(`/replies/${reply._id}/support-offer`);
    const offers = await TrailEvents.find({ verb: 'support offered' }).lean();
    expect(offers).to.have.length(1);
    expect(offers[0]).to.deep.include({ subjectId: reply._id, details: {} });
    expect((await browser.get(`/replies/${reply._id}`)).text).not.to.include('support-offer"');
  });

  it('offers no support record for a code that does not ask for it', async () => {
    const reply = await aReply({ code: 'neutral', coder: 'somebody' });
    const browser = await signedIn(web, await aMember('evaluator'));
    expect((await browser.post(`/replies/${reply._id}/support-offer`)).status).to.equal(422);
  });

  it("does not overwrite another's code, but corrects one's own", async () => {
    const reply = await aWaitingReply();
    const [one, other] = [await aMember('evaluator'), await aMember('evaluator')];
    const code = (browser: Awaited<ReturnType<typeof signedIn>>, value: string) =>
      browser.post(`/replies/${reply._id}/code`, { code: value, queue: '' });
    expect((await code(await signedIn(web, one), 'neutral')).status).to.equal(303);
    const refused = await code(await signedIn(web, other), 'antagonistic');
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('Somebody else has coded');
    expect(await htmlProblems(refused.text)).to.deep.equal([]);
    expect((await code(await signedIn(web, one), 'constructive')).status).to.equal(303);
    expect((await Replies.findById(reply._id).lean())?.code).to.equal('constructive');
  });

  it('asks again when no code or an unknown one was chosen', async () => {
    const reply = await aWaitingReply();
    const browser = await signedIn(web, await aMember('evaluator'));
    for (const fields of [{ queue: '' }, { queue: '', code: 'nice' }]) {
      const answer = await browser.post(`/replies/${reply._id}/code`, fields);
      expect(answer.status).to.equal(422);
      expect(await htmlProblems(answer.text)).to.deep.equal([]);
    }
    expect((await Replies.findById(reply._id).lean())?.code).to.equal(null);
  });

  it('lets reviewers read, evaluators code, and nobody else in', async () => {
    const reply = await aWaitingReply();
    const reviewer = await signedIn(web, await aMember('reviewer'));
    expect((await reviewer.get('/replies')).text).to.include('Evaluators sort replies');
    expect((await reviewer.post(`/replies/${reply._id}/code`, { code: 'neutral' })).status).to.equal(403);
    expect((await (await signedIn(web, await aMember('drafter'))).get('/replies')).status).to.equal(403);
  });

  it('does not code a text that is gone', async () => {
    const { _id } = await aReply({ text: null });
    const browser = await signedIn(web, await aMember('evaluator'));
    expect((await browser.post(`/replies/${_id}/code`, { code: 'neutral', queue: '' })).status).to.equal(422);
  });
});
