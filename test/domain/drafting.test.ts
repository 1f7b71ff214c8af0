import { expect } from 'chai';
import fc from 'fast-check';
import {
  assertDraft,
  assertMayAskForReview,
  assertMayEdit,
  assertMayWithdraw,
  revision,
} from '../../server/domain/drafting.ts';
import {
  approvalSubject,
  isApproved,
  type Message,
  type MessageContent,
  ORIGINS,
  TONES,
} from '../../server/domain/message.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const content: MessageContent = {
  type: 'alternative-narrative',
  narrative: null,
  segment: 's',
  messenger: 'm',
  tone: 'testimonial',
  strategies: [],
  origin: 'human',
  humanEditor: null,
  callToAction: { text: 'Call', service: 'Helpline', isStaffed: true },
  variants: [{ _id: 'v', network: 'x', language: 'en', text: 'You can still call.', accounts: ['a'] }],
};

function message(fields: Partial<Message> = {}): Message {
  const made: Message = {
    _id: 'id',
    campaign: 'c',
    title: 'Three mothers',
    ...content,
    sources: [],
    tags: [],
    state: 'draft',
    contentHash: '',
    approval: null,
    standing: [],
    lastReview: null,
    originalLanguage: null,
    writers: ['writer'],
    createdBy: 'writer',
    isDemo: false,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...fields,
  };
  return { ...made, contentHash: approvalSubject(made) };
}

function approved(): Message {
  const draft = message();
  return {
    ...draft,
    state: 'approved',
    approval: { contentHash: draft.contentHash, reviewer: 'r', at: new Date(0) },
  };
}

const rewritten: MessageContent = { ...content, variants: [{ ...content.variants[0]!, text: 'Call us.' }] };

describe('rule 7: any edit voids the approval', () => {
  it('turns an approved message into a draft and adds the editor to its writers', () => {
    expect(revision(approved(), rewritten, 'editor')).to.deep.equal({
      state: 'draft',
      approval: null,
      standing: [],
      writers: ['writer', 'editor'],
      isChanged: true,
      isVoided: true,
    });
  });

  it('leaves everything as it is when the same content is saved again', () => {
    const before = approved();
    expect(revision(before, content, 'editor')).to.deep.include({
      state: 'approved',
      approval: before.approval,
      isChanged: false,
    });
  });

  it('keeps a returned message returned, so that the reason stays in sight', () => {
    expect(revision(message({ state: 'returned' }), rewritten, 'writer')).to.deep.include({
      state: 'returned',
      writers: ['writer'],
    });
  });

  it('leaves no approval whose hash differs from the content, after any sequence of edits and approvals', () => {
    const edits = fc.oneof(
      fc.record({ text: fc.constantFrom('You can still call.', 'Call us.', 'Come home.') }),
      fc.record({ accounts: fc.subarray(['a', 'b']) }),
      fc.record({ arm: fc.constantFrom('A', 'B', null) }),
      fc.record({ tone: fc.constantFrom(...TONES) }),
      fc.record({ origin: fc.constantFrom(...ORIGINS) }),
      fc.record({ segment: fc.constantFrom('s', 't', null) }),
      fc.constant('approve' as const),
    );
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 30 }), (steps) => {
        let current = message();
        for (const step of steps) {
          current = step === 'approve' ? approve(current) : edit(current, step);
          expect(current.approval === null || current.approval.contentHash === current.contentHash).to.equal(
            true,
          );
          expect(isApproved(current)).to.equal(current.state === 'approved');
        }
      }),
    );
  });

  function approve(current: Message): Message {
    const approval = { contentHash: current.contentHash, reviewer: 'r', at: new Date(0) };
    return { ...current, state: 'approved', approval };
  }

  function edit(
    current: Message,
    step: Partial<MessageContent> & { text?: string; accounts?: string[]; arm?: string | null },
  ): Message {
    const [first] = current.variants;
    const { text = first!.text, accounts = first!.accounts, arm = first!.arm ?? null, ...rest } = step;
    const next: MessageContent = { ...current, ...rest, variants: [{ ...first!, text, accounts, arm }] };
    const { state, approval, writers } = revision(current, next, 'editor');
    const saved = { ...current, ...next, state, approval, writers };
    return { ...saved, contentHash: approvalSubject(saved) };
  }
});

describe('rule: reviewers see one exact text', () => {
  it('refuses edits in review and after a rejection, and allows them in every other state', () => {
    expect(() => assertMayEdit({ state: 'in-review' }))
      .to.throw(RuleViolation)
      .with.property('rule', 'edit-in-review');
    expect(() => assertMayEdit({ state: 'rejected' }))
      .to.throw(RuleViolation)
      .with.property('rule', 'edit-rejected');
    for (const state of ['draft', 'returned', 'approved'] as const)
      expect(() => assertMayEdit({ state })).not.to.throw();
  });

  it('takes drafts and returned messages into review, and only what is in review out of it', () => {
    const now = new Date('2014-10-14T07:00Z');
    const approvedOn = (day: string) => ({
      state: 'approved' as const,
      approval: { contentHash: 'h', reviewer: 'r', at: new Date(day) },
    });
    expect(() => assertMayAskForReview({ state: 'returned', approval: null }, now)).not.to.throw();
    expect(() => assertMayAskForReview(approvedOn('2014-04-01'), now), 'too long ago').not.to.throw();
    expect(() => assertMayAskForReview(approvedOn('2014-10-01'), now))
      .to.throw(RuleViolation)
      .with.property('rule', 'not-a-draft');
    expect(() => assertMayWithdraw({ state: 'draft' }))
      .to.throw(RuleViolation)
      .with.property('rule', 'not-in-review');
  });
});

describe('a draft that breaks a rule is refused while it is written', () => {
  const facts = { campaign: { state: 'running' as const }, tier: null, ownHandles: [], accounts: [] };

  it('in a closed campaign', () => {
    expect(() => assertDraft(content, { ...facts, campaign: { state: 'closed' } }))
      .to.throw(RuleViolation)
      .with.property('rule', 'campaign-closed');
  });

  it('for a tertiary segment, unless it offers help', () => {
    expect(() => assertDraft(content, { ...facts, tier: 'tertiary' }))
      .to.throw(RuleViolation)
      .with.property('rule', 'tertiary-signposting-only');
    expect(() =>
      assertDraft({ ...content, type: 'help-offer' }, { ...facts, tier: 'tertiary' }),
    ).not.to.throw();
  });

  it('for an account of another network, by name', () => {
    const accounts = [{ _id: 'a', handle: 'comehome', network: 'mastodon' as const }];
    expect(() => assertDraft(content, { ...facts, accounts }))
      .to.throw(RuleViolation)
      .with.deep.property('values', { handle: '@comehome', there: 'Mastodon', here: 'X' });
  });

  it('never for its tone, because hostile and shaming are not in the vocabulary', () => {
    expect(TONES).not.to.include.members(['hostile']);
    expect(TONES).not.to.include.members(['shaming']);
  });
});
