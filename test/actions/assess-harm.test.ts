import { expect } from 'chai';
import { assessHarm } from '../../server/actions/assess-harm.ts';
import { Assessments } from '../../server/models/assessment.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aMember, aMessage } from '../support/builders.ts';
import { aMessageInReview, risksWith } from '../support/builders-review.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

describe('assessing harm', () => {
  useDatabase();
  const context = testContext();

  it('keeps every assessment, bound to the content it speaks of', async () => {
    const message = await aMessageInReview();
    const reviewer = await aMember('reviewer');
    const input = { message: message._id, contentHash: message.contentHash };
    await assessHarm(context, reviewer, { ...input, risks: risksWith().slice(0, 3) });
    const whole = await assessHarm(context, reviewer, { ...input, risks: risksWith() });
    expect(whole).to.include({ contentHash: message.contentHash, assessor: reviewer._id });
    expect(whole.createdAt).to.deep.equal(context.clock.now());
    expect(await Assessments.countDocuments({ message: message._id })).to.equal(2);
    const events = await TrailEvents.find({ verb: 'harm assessed' }).sort({ sequence: 1 }).lean();
    expect(events.map(({ details }) => details.verdict)).to.deep.equal(['incomplete', 'one-approval']);
  });

  it('is done by somebody else than the author, on a message in review, as it is now', async () => {
    const reviewer = await aMember('reviewer');
    const own = await aMessageInReview({ createdBy: reviewer._id });
    const draft = await aMessage();
    const message = await aMessageInReview();
    const assess = ({ _id, contentHash }: typeof own, hash = contentHash) =>
      nameOfFailure(assessHarm(context, reviewer, { message: _id, contentHash: hash, risks: [] }));
    expect(await assess(own)).to.equal('own-work');
    expect(await assess(draft)).to.equal('not-waiting-for-review');
    expect(await assess(message, 'another')).to.equal('Conflict');
  });

  it('refuses a risk that contradicts itself and keeps nothing of it', async () => {
    const message = await aMessageInReview();
    const { _id, contentHash } = message;
    const risks = risksWith({ residualSeverity: 5, residualLikelihood: 5 });
    const input = { message: _id, contentHash, risks };
    const attempt = assessHarm(context, await aMember('reviewer'), input);
    expect(await nameOfFailure(attempt)).to.equal('residual-above-initial');
    expect(await Assessments.countDocuments()).to.equal(0);
  });
});
