import { expect } from 'chai';
import fc from 'fast-check';
import { approveMessage } from '../../server/actions/approve-message.ts';
import { askForReview } from '../../server/actions/ask-for-review.ts';
import { assessHarm } from '../../server/actions/assess-harm.ts';
import { commentOnPassage } from '../../server/actions/comment-on-passage.ts';
import { departureFacts } from '../../server/actions/departure-facts.ts';
import { returnMessage } from '../../server/actions/return-message.ts';
import { reviseMessage } from '../../server/actions/revise-message.ts';
import { schedulePost } from '../../server/actions/schedule-post.ts';
import { withdrawConsent } from '../../server/actions/withdraw-consent.ts';
import { withdrawFromReview } from '../../server/actions/withdraw-from-review.ts';
import { checklistFor } from '../../server/domain/checklist.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { obstacleTo } from '../../server/domain/departure.ts';
import type { Member } from '../../server/domain/member.ts';
import { isApproved, type Message, type Variant } from '../../server/domain/message.ts';
import { PUBLISHING_TIMES } from '../../server/domain/publishing-times.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { Posts } from '../../server/models/post.ts';
import { Reviews } from '../../server/models/review.ts';
import { aCampaign, aMember, aMessage, aMessenger, anAccount, aSegment } from '../support/builders.ts';
import { HIGH_RISK, risksWith } from '../support/builders-review.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

const KINDS = [
  'edit',
  'edit-parts',
  'edit-images',
  'edit-arm',
  'ask',
  'withdraw',
  'assess',
  'assess-high',
  'approve',
  'approve-stale',
  'return',
  'comment',
  'change-roles',
  'place',
  'withdraw-consent',
] as const;
interface Step {
  kind: (typeof KINDS)[number];
  who: number;
  text: number;
}
const TEXTS = ['Three mothers ask.', 'You can still call.', 'Somebody answers at night.'];

function step(kind: fc.Arbitrary<Step['kind']>): fc.Arbitrary<Step> {
  return fc.record({ kind, who: fc.nat(3), text: fc.nat(2) });
}

/** Two ways of working: any step at any time, and the usual order with accidents in between. */
const accident = fc.constantFrom<Step['kind']>(
  'edit',
  'edit-parts',
  'edit-arm',
  'return',
  'comment',
  'change-roles',
);
const round = fc.tuple(
  step(fc.constant('ask')),
  step(fc.constantFrom('assess', 'assess-high')),
  step(fc.constant('approve')),
  step(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<Step['kind']>('approve') },
      { weight: 1, arbitrary: accident },
    ),
  ),
  step(fc.constantFrom('place', 'place', 'edit', 'assess-high')),
);
const steps = fc.oneof(
  fc.array(step(fc.constantFrom(...KINDS)), { minLength: 4, maxLength: 14 }),
  fc.array(round, { minLength: 1, maxLength: 3 }).map((rounds) => rounds.flat()),
);

interface Stage {
  context: TestContext;
  people: Member[];
  account: string;
  /**
   * What the test itself saw: who approved which content since the last edit or return, who wrote, and how many
   * approvals the latest assessment of a content asks for, by its hash.
   */
  seen: { approvals: { who: string; content: string }[]; writers: Set<string>; needed: Map<string, number> };
}

/** What a reader sees of a text, and where; and which of several it is. */
const contentOf = ({
  text,
  arm,
  parts = [],
  images = [],
}: Pick<Variant, 'text' | 'arm' | 'parts' | 'images'>) =>
  JSON.stringify([arm ?? null, text, parts, images.map(({ asset, altText }) => [asset, altText])]);

/** Takes one step as one person may try it; what the rules refuse changes nothing. */
async function take(stage: Stage, before: Message, { kind, who, text }: Step): Promise<void> {
  const { context, people, seen } = stage;
  const member = people[who]!;
  const { _id: message, contentHash } = before;
  const variant = before.variants[0]!;
  const { version } = before as Message & { version: number };
  const decision = { message, contentHash, comment: 'Because', checked: checklistFor(before, 'primary') };
  const edit = async (change: Partial<Variant>) => {
    const edited = { ...before, message, version, variants: [{ ...variant, ...change }] };
    const { contentHash: after } = await reviseMessage(context, member, edited);
    if (after === contentHash) return;
    seen.writers.add(member._id);
    seen.approvals = [];
  };
  const assess = async (needed: number) => {
    const risks = needed === 2 ? risksWith(HIGH_RISK) : risksWith();
    await assessHarm(context, member, { message, contentHash, risks });
    seen.needed.set(contentHash, needed);
  };
  const image = { asset: newId(), sha256: 'a'.repeat(64), altText: TEXTS[text]! };
  const acts: Record<Step['kind'], () => Promise<unknown>> = {
    edit: () => edit({ text: TEXTS[text]! }),
    'edit-parts': () => edit({ parts: TEXTS.slice(0, text) }),
    'edit-images': () => edit({ images: text === 0 ? [] : [image] }),
    'edit-arm': () => edit({ arm: text === 0 ? null : `arm ${text}` }),
    ask: () => askForReview(context, member, { message, version }),
    withdraw: () => withdrawFromReview(context, member, { message }),
    assess: () => assess(1),
    'assess-high': () => assess(2),
    approve: async () => {
      await approveMessage(context, member, decision);
      seen.approvals.push({ who: member._id, content: contentOf(variant) });
    },
    'approve-stale': () => approveMessage(context, member, { ...decision, contentHash: 'f'.repeat(64) }),
    return: async () => {
      await returnMessage(context, member, decision);
      seen.approvals = [];
    },
    comment: () =>
      commentOnPassage(context, member, { message, variant: variant._id, quote: '', at: null, text: 'Hm' }),
    'change-roles': async () => {
      const roles = member.roles.includes('reviewer')
        ? (['drafter'] as const)
        : (['drafter', 'reviewer', 'scheduler'] as const);
      people[who] = { ...member, roles: [...roles] };
    },
    place: () =>
      schedulePost(context, member, {
        message,
        variant: variant._id,
        accounts: [stage.account],
        wallTime: '2014-10-20T09:00',
      }),
    'withdraw-consent': () => withdrawConsent(context, member, { messenger: before.messenger ?? '' }),
  };
  await acts[kind]().catch((error: Error) => {
    if (!['RuleViolation', 'Conflict', 'VersionError', 'Forbidden'].includes(error.name)) throw error;
  });
}

/** The deliveries that nothing would keep from leaving once their time has come. */
async function leaving(context: TestContext): Promise<Delivery[]> {
  const waiting = await Deliveries.find().lean<Delivery[]>();
  const facts = await departureFacts(context, waiting);
  return waiting.filter(
    (one) => one.state === 'scheduled' && obstacleTo(one, facts(one), one.dueAt, PUBLISHING_TIMES) === null,
  );
}

describe('four eyes (domain rule 7)', () => {
  useDatabase();
  const context = testContext();

  async function begin(): Promise<Stage & { message: string }> {
    await Promise.all([Deliveries.deleteMany({}), Posts.deleteMany({})]);
    const people = await Promise.all(
      Array.from({ length: 4 }, () => aMember('drafter', 'reviewer', 'scheduler')),
    );
    const author = people[0]!._id;
    const account = (await anAccount())._id;
    const { _id: message } = await aMessage({
      campaign: (await aCampaign())._id,
      segment: (await aSegment())._id,
      messenger: (await aMessenger())._id,
      variants: [{ _id: newId(), network: 'x', language: 'en', text: TEXTS[0]!, accounts: [account] }],
      createdBy: author,
      writers: [author],
    });
    const seen = { approvals: [], writers: new Set([author]), needed: new Map<string, number>() };
    return { context, people, account, seen, message };
  }

  /** Who, as the test saw it, approved this content without having written any of the message. */
  const approversOf = ({ seen }: Stage, content: string) =>
    new Set(
      seen.approvals
        .filter((one) => one.content === content && !seen.writers.has(one.who))
        .map(({ who }) => who),
    );

  async function check(stage: Stage, message: Message): Promise<{ approved: boolean; leaving: number }> {
    const gone = await leaving(stage.context);
    for (const delivery of gone) {
      const needed = stage.seen.needed.get(delivery.contentHash) ?? 1;
      expect(approversOf(stage, contentOf(delivery)).size).to.be.at.least(needed);
    }
    if (message.state !== 'approved') {
      expect(message.approval).to.equal(null);
      expect(gone).to.deep.equal([]);
      return { approved: false, leaving: 0 };
    }
    expect(isApproved(message)).to.equal(true);
    const reviewer = message.approval?.reviewer ?? '';
    expect([message.createdBy, ...message.writers]).not.to.include(reviewer);
    const needed = stage.seen.needed.get(message.contentHash) ?? 1;
    expect(approversOf(stage, contentOf(message.variants[0]!)).size).to.be.at.least(needed);
    const onRecord = { message: message._id, decision: 'approve' as const, contentHash: message.contentHash };
    expect(await Reviews.countDocuments({ ...onRecord, isRecorded: true })).to.be.at.least(needed);
    return { approved: true, leaving: gone.length };
  }

  it('let no sequence of edits, decisions, withdrawals and role changes publish another text, or the author’s own', async function () {
    this.timeout(180_000);
    let [approvals, departures] = [0, 0];
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const stage = await begin();
        const read = async () => (await Messages.findById(stage.message).lean())!;
        for (const one of taken) {
          await take(stage, await read(), one);
          const now = await check(stage, await read());
          approvals += Number(now.approved);
          departures += now.leaving;
        }
      }),
      { numRuns: 40 },
    );
    expect(approvals, 'moments at which something was approved').to.be.greaterThan(0);
    expect(departures, 'moments at which something could leave').to.be.greaterThan(0);
  });
});
