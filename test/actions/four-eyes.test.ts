import { expect } from 'chai';
import fc from 'fast-check';
import { approveMessage } from '../../server/actions/approve-message.ts';
import { askForReview } from '../../server/actions/ask-for-review.ts';
import { assessHarm } from '../../server/actions/assess-harm.ts';
import { returnMessage } from '../../server/actions/return-message.ts';
import { reviseMessage } from '../../server/actions/revise-message.ts';
import { withdrawFromReview } from '../../server/actions/withdraw-from-review.ts';
import { checklistFor } from '../../server/domain/checklist.ts';
import type { Member } from '../../server/domain/member.ts';
import { isApproved, type Message } from '../../server/domain/message.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { Reviews } from '../../server/models/review.ts';
import { aCampaign, aMember, aMessage, aMessenger, anAccount, aSegment } from '../support/builders.ts';
import { HIGH_RISK, risksWith } from '../support/builders-review.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

interface Step {
  kind: 'edit' | 'ask' | 'withdraw' | 'assess' | 'assess-high' | 'approve' | 'approve-stale' | 'return';
  who: number;
  text: number;
}

const KINDS: Step['kind'][] = [
  'edit',
  'ask',
  'withdraw',
  'assess',
  'assess-high',
  'approve',
  'approve-stale',
  'return',
];
const TEXTS = ['Three mothers ask.', 'You can still call.', 'Somebody answers at night.'];

/** Two ways of working: any step at any time, and the usual order with accidents in between. */
const steps = fc.oneof(
  fc.array(step(fc.constantFrom(...KINDS)), { minLength: 4, maxLength: 16 }),
  fc
    .array(
      fc.tuple(step(fc.constant('assess')), step(fc.constantFrom('approve', 'approve', 'edit', 'return'))),
      {
        minLength: 2,
        maxLength: 5,
      },
    )
    .map((rounds) => rounds.flatMap(([a, b]): Step[] => [{ ...a, kind: 'ask' }, a, b])),
);

function step(kind: fc.Arbitrary<Step['kind']>): fc.Arbitrary<Step> {
  return fc.record({ kind, who: fc.nat(2), text: fc.nat(2) });
}

/** Takes one step as one person may try it; what the rules refuse changes nothing. */
async function take(
  context: TestContext,
  people: Member[],
  before: Message,
  { kind, who, text }: Step,
): Promise<void> {
  const member = people[who]!;
  const { _id: message, contentHash } = before;
  const version = (before as Message & { version: number }).version;
  const checked = checklistFor(before, 'primary');
  const decision = { message, contentHash, comment: 'Because', checked };
  const variants = before.variants.map((variant) => ({ ...variant, text: TEXTS[text]! }));
  const acts = {
    edit: () => reviseMessage(context, member, { ...before, message, version, variants }),
    ask: () => askForReview(context, member, { message, version }),
    withdraw: () => withdrawFromReview(context, member, { message }),
    assess: () => assessHarm(context, member, { message, contentHash, risks: risksWith() }),
    'assess-high': () => assessHarm(context, member, { message, contentHash, risks: risksWith(HIGH_RISK) }),
    approve: () => approveMessage(context, member, decision),
    'approve-stale': () => approveMessage(context, member, { ...decision, contentHash: 'f'.repeat(64) }),
    return: () => returnMessage(context, member, decision),
  };
  await acts[kind]().catch((error: Error) => {
    if (!['RuleViolation', 'Conflict', 'VersionError'].includes(error.name)) throw error;
  });
}

describe('four eyes (domain rule 7)', () => {
  useDatabase();
  const context = testContext();

  it('let no sequence of edits, requests and decisions approve a text by its author, or another text', async function () {
    this.timeout(120_000);
    const people = [
      await aMember('drafter', 'reviewer'),
      await aMember('drafter', 'reviewer'),
      await aMember('drafter', 'reviewer'),
    ];
    const campaign = await aCampaign();
    const account = await anAccount();
    const about = {
      campaign: campaign._id,
      segment: (await aSegment())._id,
      messenger: (await aMessenger())._id,
      variants: [
        { _id: newId(), network: 'x' as const, language: 'en', text: TEXTS[0]!, accounts: [account._id] },
      ],
    };
    let approvals = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { _id } = await aMessage({ ...about, createdBy: people[0]!._id, writers: [people[0]!._id] });
        for (const one of taken) {
          await take(context, people, (await Messages.findById(_id).lean())!, one);
          const message = (await Messages.findById(_id).lean())!;
          if (message.state !== 'approved') {
            expect(message.approval).to.equal(null);
            continue;
          }
          approvals += 1;
          expect(isApproved(message)).to.equal(true);
          expect([message.createdBy, ...message.writers]).not.to.include(message.approval?.reviewer);
          const yes = { message: _id, decision: 'approve' as const, contentHash: message.contentHash };
          expect(await Reviews.countDocuments(yes)).to.be.greaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
    expect(approvals, 'sequences that led to an approval').to.be.greaterThan(0);
  });
});
