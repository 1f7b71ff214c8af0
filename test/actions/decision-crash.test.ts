import { expect } from 'chai';
import { approveMessage } from '../../server/actions/approve-message.ts';
import { completeDecisions } from '../../server/actions/complete-decisions.ts';
import { returnMessage } from '../../server/actions/return-message.ts';
import type { Member } from '../../server/domain/member.ts';
import { isApproved, type Message } from '../../server/domain/message.ts';
import { Messages } from '../../server/models/message.ts';
import { isOnRecord, Reviews } from '../../server/models/review.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { Turns } from '../../server/models/turn.ts';
import { behind, type Gatekeeper, installGates } from '../simulation/gates.ts';
import { aMember } from '../support/builders.ts';
import { aMessageInReview, assessed, wholeDecision } from '../support/builders-review.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

/** A process that stops for ever at the moment of its writes that has this number. */
function dyingAt(number: number): Gatekeeper & { moments: string[]; isDead: () => boolean } {
  const moments: string[] = [];
  return {
    moments,
    isDead: () => moments.length > number,
    pass: (effect, moment) => {
      moments.push(`${moment} ${effect}`);
      return moments.length > number ? new Promise(() => undefined) : Promise.resolve();
    },
  };
}

type Decide = (context: TestContext, reviewer: Member, message: Message) => Promise<unknown>;

const DECISIONS: Record<string, { decide: Decide; verb: string; state: Message['state'] }> = {
  approval: {
    decide: (context, reviewer, message) => approveMessage(context, reviewer, wholeDecision(message)),
    verb: 'message approved',
    state: 'approved',
  },
  return: {
    decide: (context, reviewer, { _id, contentHash }) =>
      returnMessage(context, reviewer, { message: _id, contentHash, comment: 'Say who answers' }),
    verb: 'message returned',
    state: 'returned',
  },
};

describe('a crash while somebody decides about a message', () => {
  useDatabase();
  let removeGates: () => void;
  before(() => {
    removeGates = installGates([Messages, Reviews] as never);
  });
  after(() => removeGates());

  async function start() {
    const message = await aMessageInReview();
    await assessed(message);
    return { context: testContext(), message, reviewer: await aMember('reviewer') };
  }

  it('keeps the entry of a decision that was saved although its answer was lost', async () => {
    const { context, message, reviewer } = await start();
    const deaf: Gatekeeper = {
      pass: (effect, moment) =>
        effect === 'messages.updateOne' && moment === 'after'
          ? Promise.reject(new Error('the connection was lost'))
          : Promise.resolve(),
    };
    const decided = behind(deaf, () => approveMessage(context, reviewer, wholeDecision(message)));
    expect(await decided.catch((error: Error) => error.message)).to.equal('the connection was lost');
    context.clock.advance(2);
    await completeDecisions(context);
    const saved = (await Messages.findById(message._id).lean())!;
    expect(isApproved(saved) && (await isOnRecord(saved))).to.equal(true);
    expect(await TrailEvents.countDocuments({ verb: 'message approved' })).to.equal(1);
  });

  it('removes the entry of a decision that certainly did not take effect', async () => {
    const { context, message, reviewer } = await start();
    const overtaken: Gatekeeper = {
      pass: async (effect, moment) => {
        if (effect !== 'messages.updateOne' || moment !== 'before') return;
        await behind({ pass: async () => undefined }, () =>
          Messages.updateOne({ _id: message._id }, { $inc: { version: 1 } }).exec(),
        );
      },
    };
    const decided = behind(overtaken, () => approveMessage(context, reviewer, wholeDecision(message)));
    expect(await decided.catch((error: Error) => error.name)).to.equal('VersionError');
    expect(await Reviews.countDocuments()).to.equal(0);
  });

  it('happens at one of six moments: before and after the entry, the message and the mark', async () => {
    const { context, message, reviewer } = await start();
    const alive = dyingAt(Number.POSITIVE_INFINITY);
    await behind(alive, () => approveMessage(context, reviewer, wholeDecision(message)));
    expect(alive.moments).to.deep.equal([
      'before reviews.insertOne',
      'after reviews.insertOne',
      'before messages.updateOne',
      'after messages.updateOne',
      'before reviews.updateOne',
      'after reviews.updateOne',
    ]);
  });

  for (const [name, { decide, verb, state }] of Object.entries(DECISIONS)) {
    for (let moment = 0; moment < 6; moment += 1) {
      it(`leaves no ${name} without its entry and its trail (moment ${moment + 1})`, async () => {
        const { context, message, reviewer } = await start();
        const process = dyingAt(moment);
        void behind(process, () => decide(context, reviewer, message));
        await until(async () => process.isDead());

        const left = (await Messages.findById(message._id).lean())!;
        expect(isApproved(left)).to.equal(isApproved(left) && (await isOnRecord(left)));

        context.clock.advance(2);
        await completeDecisions(context);
        const entries = await Reviews.find({ message: message._id }).lean();
        const tookEffect = left.state === state;
        expect(tookEffect).to.equal(moment >= 3);
        expect(entries.map(({ isRecorded }) => isRecorded)).to.deep.equal(tookEffect ? [true] : []);
        expect(await TrailEvents.countDocuments({ verb })).to.equal(tookEffect ? 1 : 0);

        // The turn of the dead ends by itself after a while; here at once.
        await Turns.deleteMany({});
        if (!tookEffect) await decide(context, reviewer, left);
        expect((await Messages.findById(message._id).lean())?.state).to.equal(state);
        expect(await TrailEvents.countDocuments({ verb })).to.equal(1);
      });
    }
  }
});
