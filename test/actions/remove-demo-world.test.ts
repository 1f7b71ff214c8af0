import { expect } from 'chai';
import { chooseExposureCap } from '../../server/actions/choose-exposure-cap.ts';
import { keepUnsaved } from '../../server/actions/keep-unsaved.ts';
import { removeDemoWorld } from '../../server/actions/remove-demo-world.ts';
import { compareEntry } from '../../server/models/alike.ts';
import { Answers } from '../../server/models/answer.ts';
import { ExposureCaps } from '../../server/models/exposure.ts';
import { Members } from '../../server/models/member.ts';
import { NearDuplicates } from '../../server/models/near-duplicate.ts';
import { UnsavedDrafts } from '../../server/models/unsaved-draft.ts';
import { aCampaign, aMember, aMessage, anAnswer } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

describe('Removing the demo world', () => {
  useDatabase();
  const context = testContext();

  it('takes along what was typed in it and what was found alike to it, and nothing else', async () => {
    const [own, demo] = [await aMember('drafter'), await aMember('drafter')];
    await Members.updateOne({ _id: demo._id }, { isDemo: true });
    const [ours, theirs] = [await aCampaign(), await aCampaign({ isDemo: true })];
    const [message, demoMessage] = [await aMessage(), await aMessage({ isDemo: true })];
    const kept = [{ campaign: ours._id }, { message: message._id }];
    const gone = [{ campaign: theirs._id }, { message: demoMessage._id }];
    for (const about of [...kept, ...gone]) await keepUnsaved(context, own, { about, fields: {} });
    for (const member of [own, demo]) await chooseExposureCap(context, member, { cap: 12 });
    await keepUnsaved(context, demo, { about: { campaign: ours._id }, fields: {} });

    const text = 'Three mothers ask one question: who told our children that it was a holiday?';
    await anAnswer({ text, isDemo: true });
    for (const more of ['Call us.', 'Call us now.']) {
      const { _id } = await anAnswer({ text: `${text} ${more}` });
      const stored = await Answers.findById(_id).lean();
      await compareEntry('answer', { _id, text: stored?.text ?? '', bands: stored?.bands ?? [] });
    }
    expect(await NearDuplicates.countDocuments()).to.equal(3);

    await removeDemoWorld(context, null);

    expect(await ExposureCaps.countDocuments()).to.equal(1);
    const left = await UnsavedDrafts.find().select('member').lean();
    expect(left.map(({ _id }) => _id)).to.have.members([
      `${own._id} campaign ${ours._id}`,
      `${own._id} message ${message._id}`,
    ]);
    expect(await NearDuplicates.countDocuments()).to.equal(1);
  });
});
