import { expect } from 'chai';
import { trusted } from 'mongoose';
import { approveMessage } from '../../server/actions/approve-message.ts';
import { rejectMessage } from '../../server/actions/reject-message.ts';
import { returnMessage } from '../../server/actions/return-message.ts';
import { reviseMessage } from '../../server/actions/revise-message.ts';
import { isApproved } from '../../server/domain/message.ts';
import type { Versioned } from '../../server/models/document.ts';
import { Members } from '../../server/models/member.ts';
import { Messages } from '../../server/models/message.ts';
import { Reviews } from '../../server/models/review.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { aMessageInReview, assessed, HIGH_RISK, wholeDecision } from '../support/builders-review.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

describe('deciding about a message', () => {
  useDatabase();
  const context = testContext();

  it('approves exactly the content that was read, and records it', async () => {
    const message = await aMessageInReview();
    await assessed(message);
    const reviewer = await aMember('reviewer');
    const approved = await approveMessage(context, reviewer, wholeDecision(message, 'Clear and calm'));
    expect(isApproved(approved)).to.equal(true);
    expect(approved.approval).to.deep.include({ reviewer: reviewer._id, at: context.clock.now() });
    const [review] = await Reviews.find({ message: message._id }).lean();
    expect(review).to.deep.include({ decision: 'approve', comment: 'Clear and calm', outcome: 'approved' });
    expect(review?.checked).to.deep.equal(wholeDecision(message).checked);
    expect(approved.standing).to.deep.equal([review?._id]);
    expect(await TrailEvents.findOne({ verb: 'message approved' }).lean()).to.include({
      actor: reviewer._id,
    });
  });

  it('is not for drafters, and not for whoever wrote the message', async () => {
    const author = await aMember('drafter', 'reviewer');
    const message = await aMessageInReview({ writers: [author._id] });
    await assessed(message);
    const decision = wholeDecision(message);
    const drafter = await aMember('drafter');
    expect(await nameOfFailure(approveMessage(context, drafter, decision))).to.equal('Forbidden');
    expect(await nameOfFailure(approveMessage(context, author, decision))).to.equal('own-work');
  });

  it('notices that the content changed while it was read', async () => {
    const message = await aMessageInReview();
    await assessed(message);
    const stale = { ...wholeDecision(message), contentHash: '0'.repeat(64) };
    const reviewer = await aMember('reviewer');
    expect(await nameOfFailure(approveMessage(context, reviewer, stale))).to.equal('Conflict');
    expect(await Messages.findById(message._id).lean()).to.include({ state: 'in-review', approval: null });
  });

  it('waits for a second person where a high risk remains', async () => {
    const message = await aMessageInReview();
    await assessed(message, HIGH_RISK);
    const [first, second] = [await aMember('reviewer'), await aMember('reviewer')];
    const decision = wholeDecision(message, 'Silence would be worse');
    expect((await approveMessage(context, first, decision)).state).to.equal('in-review');
    expect(await nameOfFailure(approveMessage(context, first, decision))).to.equal('already-approved');
    expect((await approveMessage(context, second, decision)).state).to.equal('approved');
    const verbs = await TrailEvents.find().sort({ sequence: 1 }).distinct('verb');
    expect(verbs).to.have.members(['message approved once', 'message approved']);
  });

  it('does not count a first approval whose giver has left, or reviews no more, before the second came', async () => {
    for (const change of [{ disabledAt: new Date('2014-10-05') }, { roles: ['evaluator'] }]) {
      const message = await aMessageInReview();
      await assessed(message, HIGH_RISK);
      const decision = wholeDecision(message, 'Silence would be worse');
      const [first, second, third] = [
        await aMember('reviewer'),
        await aMember('reviewer'),
        await aMember('reviewer'),
      ];
      await approveMessage(context, first, decision);
      await Members.updateOne({ _id: first._id }, { $set: change });
      expect(await approveMessage(context, second, decision)).to.include({
        state: 'in-review',
        approval: null,
      });
      const approved = await approveMessage(context, third, decision);
      expect(isApproved(approved)).to.equal(true);
      const givers = await Reviews.find({ _id: trusted({ $in: approved.standing }) }).distinct('reviewer');
      expect(givers).to.have.members([second._id, third._id]);
    }
  });

  it('lets only one of two decisions taken at the same moment stand', async () => {
    const message = await aMessageInReview();
    await assessed(message);
    const [first, second] = [await aMember('reviewer'), await aMember('reviewer')];
    const { checked: _, ...refusal } = wholeDecision(message, 'Repeats the claim');
    const outcomes = await Promise.allSettled([
      approveMessage(context, first, wholeDecision(message)),
      rejectMessage(context, second, refusal),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await Reviews.countDocuments({ message: message._id })).to.equal(1);
  });

  it('begins anew after an edit, even when the old words come back', async () => {
    const message = await aMessageInReview({ campaign: (await aCampaign())._id });
    await assessed(message, HIGH_RISK);
    const [first, second] = [await aMember('reviewer'), await aMember('reviewer')];
    const decision = wholeDecision(message, 'Silence would be worse');
    await approveMessage(context, first, decision);
    const drafter = await aMember('drafter');
    for (const text of ['Other words.', message.variants[0]!.text]) {
      await Messages.updateOne({ _id: message._id }, { $set: { state: 'draft' } });
      const stored = (await Messages.findById(message._id).lean<Versioned<typeof message>>())!;
      const variants = stored.variants.map((variant) => ({ ...variant, text }));
      await reviseMessage(context, drafter, { ...stored, message: message._id, variants });
    }
    await Messages.updateOne({ _id: message._id }, { $set: { state: 'in-review' } });
    expect((await approveMessage(context, second, decision)).state).to.equal('in-review');
  });

  it('returns with a reason, and the reason is kept', async () => {
    const message = await aMessageInReview();
    const reviewer = await aMember('reviewer');
    const { checked: _, ...decision } = wholeDecision(message);
    expect(await nameOfFailure(returnMessage(context, reviewer, decision))).to.equal('reason-required');
    const returned = await returnMessage(context, reviewer, { ...decision, comment: 'Say who answers' });
    expect(returned).to.include({ state: 'returned', approval: null });
    expect((await TrailEvents.findOne({ verb: 'message returned' }).lean())?.details).to.include({
      comment: 'Say who answers',
    });
  });
});
