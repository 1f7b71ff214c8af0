import { expect } from 'chai';
import { type AnswerInput, addAnswer } from '../../server/actions/add-answer.ts';
import { keepApart } from '../../server/actions/keep-apart.ts';
import { mergeAnswers } from '../../server/actions/merge-answers.ts';
import { mergeNarratives } from '../../server/actions/merge-narratives.ts';
import { Answers } from '../../server/models/answer.ts';
import { Campaigns } from '../../server/models/campaign.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { Narratives } from '../../server/models/narrative.ts';
import { NearDuplicates } from '../../server/models/near-duplicate.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { duplicateGroups } from '../../server/queries/duplicate-groups.ts';
import {
  aCampaign,
  aMember,
  aMessage,
  aNarrative,
  anAnswer,
  anApprovedMessage,
} from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

const text = 'Three mothers ask one question: who told our children that it was a holiday?';
const input: AnswerInput = {
  ...{ text, language: 'en', narrative: null, strategies: [], tone: null },
  ...{ standing: 'usable', refusal: null, tags: [] },
  source: { collection: 'Ours', key: '', knowledge: '' },
};
const written = (fields: Partial<AnswerInput>): AnswerInput => ({ ...input, ...fields });

describe('Entries that are much alike', () => {
  useDatabase();
  const context = testContext();

  it('are named when one is saved, and wait in groups', async () => {
    const drafter = await aMember('drafter');
    const first = await addAnswer(context, drafter, written({}));
    expect(first.alike).to.deep.equal([]);
    const second = await addAnswer(context, drafter, written({ text: `${text} Call us.` }));
    expect(second.alike.map(({ _id }) => _id)).to.deep.equal([first.answer._id]);
    await addAnswer(context, drafter, written({ text: `${text} Do call us.` }));
    await addAnswer(context, drafter, written({ text: 'Nobody came back from there with a smile.' }));

    const groups = await duplicateGroups('answer');
    expect(groups.map(({ entries, pairs }) => [entries.length, pairs.length])).to.deep.equal([[3, 3]]);
    expect(await duplicateGroups('narrative')).to.deep.equal([]);
  });

  it('are refused as a conflict when they are the very same', async () => {
    const drafter = await aMember('drafter');
    await addAnswer(context, drafter, written({}));
    const failure = await nameOfFailure(addAnswer(context, drafter, written({ text: text.toUpperCase() })));
    expect(failure).to.equal('Conflict');
  });

  it('are not asked about again once somebody keeps them', async () => {
    const drafter = await aMember('drafter');
    await addAnswer(context, drafter, written({}));
    const { answer } = await addAnswer(context, drafter, written({ text: `${text} Call us.` }));
    const [group] = await duplicateGroups('answer');
    await keepApart(context, drafter, { pairs: group?.pairs ?? [] });
    expect(await duplicateGroups('answer')).to.deep.equal([]);
    // Also not after the text is compared again.
    const stored = await Answers.findById(answer._id);
    stored?.set({ tags: ['family'] });
    await stored?.save();
    expect((await NearDuplicates.find().lean()).map(({ isKept }) => isKept)).to.deep.equal([true]);
    expect(await TrailEvents.countDocuments({ verb: 'entries kept apart' })).to.equal(1);
  });

  it('become one answer, and what named the others names it', async () => {
    const drafter = await aMember('drafter');
    const narrative = await aNarrative();
    const kept = await anAnswer({ tags: ['family'] });
    const gone = await anAnswer({ tags: ['C00125'], strategies: ['facts'], narrative: narrative._id });
    const source = { kind: 'answer' as const, answer: gone._id, text: '' };
    const message = await anApprovedMessage({ sources: [source] });

    await mergeAnswers(context, drafter, { into: kept._id, others: [gone._id] });

    expect(await Answers.findById(gone._id)).to.equal(null);
    const merged = await Answers.findById(kept._id).lean();
    expect(merged?.tags).to.deep.equal(['family', 'C00125']);
    expect(merged?.strategies).to.deep.equal(['question', 'facts']);
    expect(merged?.narrative).to.equal(narrative._id);
    const after = await Messages.findById(message._id).lean();
    expect(after?.sources[0]?.answer).to.equal(kept._id);
    expect(after?.state, 'an approval does not depend on sources').to.equal('approved');
    expect(after?.contentHash).to.equal(message.contentHash);
    const event = await TrailEvents.findOne({ verb: 'answer merged' }).lean();
    expect(event?.subjectId).to.equal(gone._id);
  });

  it('are not merged when one is refused and the other is not', async () => {
    const drafter = await aMember('drafter');
    const [kept, refused] = [await anAnswer(), await anAnswer({ standing: 'refused', refusal: 'hostile' })];
    const failure = await nameOfFailure(
      mergeAnswers(context, drafter, { into: kept._id, others: [refused._id] }),
    );
    expect(failure).to.equal('merge-different-standing');
    expect(await Answers.countDocuments()).to.equal(2);
  });

  it('keep a refusal when narratives merge and the same words stand there as usable', async () => {
    const drafter = await aMember('drafter');
    const [kept, gone] = [await aNarrative(), await aNarrative({ targets: ['somebody else'] })];
    const same = { text: 'The same words' };
    const usable = await anAnswer({ ...same, narrative: kept._id });
    const refused = await anAnswer({
      ...same,
      narrative: gone._id,
      standing: 'refused',
      refusal: 'hostile',
    });
    const merging = mergeNarratives(context, drafter, { into: kept._id, others: [gone._id] });

    expect(await nameOfFailure(merging)).to.equal('merge-twins-differ');

    expect((await Narratives.findById(kept._id).lean())?.targets, 'nothing is written').to.deep.equal(
      kept.targets,
    );
    expect((await Answers.findById(refused._id).lean())?.standing).to.equal('refused');
    expect((await Answers.findById(usable._id).lean())?.standing).to.equal('usable');
    expect(await Narratives.countDocuments()).to.equal(2);
    await mergeNarratives(context, drafter, { into: kept._id, others: [gone._id], keepsRefused: true });
    const [left, ...more] = await Answers.find().lean();
    expect(more).to.deep.equal([]);
    expect(left).to.deep.include({ _id: usable._id, standing: 'refused', refusal: 'hostile' });
  });

  it('are not merged with what is gone', async () => {
    const drafter = await aMember('drafter');
    const { _id } = await anAnswer();
    for (const others of [[newId()], [_id]]) {
      expect(await nameOfFailure(mergeAnswers(context, drafter, { into: _id, others }))).to.equal('NotFound');
    }
  });

  it('become one narrative: campaigns, answers and drafts follow, and the draft has a new writer', async () => {
    const drafter = await aMember('drafter');
    const [kept, gone] = [
      await aNarrative({ severity: 3 }),
      await aNarrative({ severity: 5, targets: ['women'] }),
    ];
    const campaign = await aCampaign({ narratives: [gone._id, kept._id] });
    const answer = await anAnswer({ narrative: gone._id });
    const same = { text: 'The same words', narrative: kept._id };
    const stays = await anAnswer(same);
    const twin = await anAnswer({ ...same, narrative: gone._id });
    const begunFrom = { kind: 'answer' as const, answer: twin._id, text: '' };
    const draft = await aMessage({ narrative: gone._id, sources: [begunFrom] });

    await mergeNarratives(context, drafter, { into: kept._id, others: [gone._id] });

    expect(await Narratives.findById(gone._id)).to.equal(null);
    expect(await Narratives.findById(kept._id).lean()).to.deep.include({ severity: 5, targets: ['women'] });
    expect((await Campaigns.findById(campaign._id).lean())?.narratives).to.deep.equal([kept._id]);
    expect((await Answers.findById(answer._id).lean())?.narrative).to.equal(kept._id);
    expect(await Answers.countDocuments({ text: 'The same words' })).to.equal(1);
    const after = await Messages.findById(draft._id).lean();
    expect(after?.narrative).to.equal(kept._id);
    expect(after?.writers).to.deep.equal([drafter._id]);
    expect(after?.sources.map((source) => source.answer)).to.deep.equal([stays._id]);
    expect((await TrailEvents.findOne({ verb: 'answer merged' }).lean())?.subjectId).to.equal(twin._id);
  });

  it('rule 7: a narrative that an approval is bound to does not go', async () => {
    const drafter = await aMember('drafter');
    const [kept, gone] = [await aNarrative(), await aNarrative()];
    const message = await anApprovedMessage({ narrative: gone._id });
    const failure = await nameOfFailure(
      mergeNarratives(context, drafter, { into: kept._id, others: [gone._id] }),
    );
    expect(failure).to.equal('merge-would-void-approval');
    expect((await Messages.findById(message._id).lean())?.state).to.equal('approved');
    await mergeNarratives(context, drafter, { into: gone._id, others: [kept._id] });
    expect(await Narratives.countDocuments()).to.equal(1);
  });
});
