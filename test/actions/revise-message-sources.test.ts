import { expect } from 'chai';
import { draftMessage, type MessageInput } from '../../server/actions/draft-message.ts';
import { reviseMessage } from '../../server/actions/revise-message.ts';
import type { Message } from '../../server/domain/message.ts';
import { Answers } from '../../server/models/answer.ts';
import type { Versioned } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aCampaign, aMember, anAnswer } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

const content: MessageInput = {
  ...{ title: 'She waits', type: 'counter-narrative', narrative: null, segment: null, messenger: null },
  ...{ tone: null, strategies: [], origin: 'human', humanEditor: null },
  callToAction: { text: '', service: '', isStaffed: null },
  variants: [],
};

describe('The sources of a message', () => {
  useDatabase();
  const context = testContext();
  const stored = async (id: string) => {
    const found = await Messages.findById(id).lean<Versioned<Message>>();
    if (!found) throw new Error('the message was just drafted');
    return found;
  };

  it('change without ending an approval, and the trail says who changed them', async () => {
    const [drafter, campaign, answer] = [await aMember('drafter'), await aCampaign(), await anAnswer()];
    const { _id } = await draftMessage(context, drafter, {
      ...{ ...content, campaign: campaign._id, answer: answer._id },
      ...{ tags: ['family'], references: ['Survey of 2013'] },
    });
    const approval = { contentHash: (await stored(_id)).contentHash, reviewer: 'r', at: new Date(0) };
    await Messages.updateOne({ _id }, { $set: { state: 'approved', approval } });

    const { version } = await stored(_id);
    const next = {
      ...content,
      message: _id,
      version,
      tags: ['Family', 'C00211'],
      references: ['Survey of 2014'],
    };
    await reviseMessage(context, drafter, next);

    const after = await stored(_id);
    expect(after.state).to.equal('approved');
    expect(after.sources.map(({ kind, answer: from, text }) => from ?? `${kind}: ${text}`)).to.deep.equal([
      answer._id,
      'reference: Survey of 2014',
    ]);
    expect(after.tags).to.deep.equal(['family', 'C00211']);
    expect(await TrailEvents.countDocuments({ verb: 'message sources changed' })).to.equal(1);
    await reviseMessage(context, drafter, { ...next, version: after.version });
    expect(await TrailEvents.countDocuments({ verb: 'message sources changed' })).to.equal(1);
    // A caller that knows nothing of sources leaves them as they are.
    await reviseMessage(context, drafter, { ...content, message: _id, version: (await stored(_id)).version });
    expect((await stored(_id)).sources.length).to.equal(2);
  });

  it('are never a refused answer or one that is gone', async () => {
    const [drafter, campaign] = [await aMember('drafter'), await aCampaign()];
    const refused = await anAnswer({ standing: 'refused', refusal: 'hostile' });
    const draft = () =>
      draftMessage(context, drafter, { ...content, campaign: campaign._id, answer: refused._id });
    expect(await nameOfFailure(draft())).to.equal('answer-refused');
    await Answers.deleteMany({});
    expect(await nameOfFailure(draft())).to.equal('NotFound');
  });
});
