import { expect } from 'chai';
import { HARM_QUESTIONS, type Risk } from '../../server/domain/assessment.ts';
import {
  checklistFor,
  decide,
  type Judgement,
  mayJudge,
  type Submission,
  standingApprovals,
} from '../../server/domain/review.ts';
import type { RuleViolation } from '../../server/domain/rule-violation.ts';

const now = new Date('2014-10-14T07:00:00Z');
const small: Omit<Risk, 'question'> = {
  affected: 'audience',
  likelihood: 2,
  severity: 2,
  mitigation: 'Comments answered within the hour',
  owner: 'Amal',
  residualLikelihood: 1,
  residualSeverity: 2,
};

const assessed = (worst: Partial<Risk> = {}) => ({
  contentHash: 'now',
  risks: HARM_QUESTIONS.map((question) => ({
    question,
    ...small,
    ...(question === 'backfire' ? worst : {}),
  })),
});
const risky = { likelihood: 4, severity: 4, residualLikelihood: 3, residualSeverity: 4 };

const submission = (fields: Partial<Submission> = {}): Submission => ({
  message: {
    createdBy: 'drafter',
    writers: ['editor'],
    humanEditor: 'human-editor',
    state: 'in-review',
    contentHash: 'now',
    type: 'counter-narrative',
    origin: 'human',
  },
  tier: 'primary',
  assessment: assessed(),
  reviews: [],
  ...fields,
});

const judgement = (fields: Partial<Judgement> = {}): Judgement => ({
  decision: 'approve',
  comment: '',
  checked: checklistFor({ type: 'counter-narrative', origin: 'human' }, 'primary'),
  reviewer: 'reviewer',
  at: now,
  ...fields,
});

function ruleOf(given: Submission, judged: Judgement): string {
  try {
    return decide(given, judged).state;
  } catch (error) {
    return (error as RuleViolation).rule;
  }
}

const approvedBy = (reviewer: string, contentHash = 'now', createdAt = now) => ({
  decision: 'approve' as const,
  reviewer,
  contentHash,
  createdAt,
});

describe('a review', () => {
  it('binds the approval to the content hash', () => {
    expect(decide(submission(), judgement())).to.deep.equal({
      state: 'approved',
      approval: { contentHash: 'now', reviewer: 'reviewer', at: now },
    });
  });

  it('is never by the author or by anyone who edited (four eyes)', () => {
    expect(mayJudge(submission().message, 'drafter')).to.equal(false);
    expect(mayJudge(submission().message, 'editor')).to.equal(false);
    expect(mayJudge(submission().message, 'human-editor')).to.equal(false);
    expect(mayJudge(submission().message, 'reviewer')).to.equal(true);
    for (const decision of ['approve', 'return', 'reject'] as const) {
      const own = judgement({ reviewer: 'editor', decision, comment: 'Mine' });
      expect(ruleOf(submission(), own)).to.equal('own-work');
    }
  });

  it('needs a message that waits for it', () => {
    for (const state of ['draft', 'returned', 'rejected', 'approved'] as const) {
      const elsewhere = submission({ message: { ...submission().message, state } });
      expect(ruleOf(elsewhere, judgement())).to.equal('not-waiting-for-review');
    }
  });

  it('gives a reason when it returns or rejects', () => {
    expect(ruleOf(submission(), judgement({ decision: 'return', comment: '  ' }))).to.equal(
      'reason-required',
    );
    expect(ruleOf(submission(), judgement({ decision: 'reject' }))).to.equal('reason-required');
    expect(
      decide(submission(), judgement({ decision: 'return', comment: 'Repeats the claim' })),
    ).to.deep.equal({
      state: 'returned',
      approval: null,
    });
    expect(ruleOf(submission(), judgement({ decision: 'reject', comment: 'Hostile' }))).to.equal('rejected');
  });

  it('needs an assessment of exactly this content', () => {
    expect(ruleOf(submission({ assessment: null }), judgement())).to.equal('assessment-missing');
    const old = { ...assessed(), contentHash: 'before' };
    expect(ruleOf(submission({ assessment: old }), judgement())).to.equal('assessment-missing');
  });

  it('is stopped by an incomplete assessment and by a residual risk that is too high', () => {
    const incomplete = { contentHash: 'now', risks: assessed().risks.slice(2) };
    expect(ruleOf(submission({ assessment: incomplete }), judgement())).to.equal('assessment-incomplete');
    const severe = assessed({ ...risky, residualLikelihood: 4 });
    expect(ruleOf(submission({ assessment: severe }), judgement())).to.equal('residual-too-high');
  });

  it('needs every point of the checklist, which grows with type, tier and origin', () => {
    const short = judgement({ checked: ['text-read'] });
    expect(ruleOf(submission(), short)).to.equal('checklist-open');
    expect(checklistFor({ type: 'help-offer', origin: 'human' }, 'tertiary')).to.include('signposting-only');
    expect(checklistFor({ type: 'help-offer', origin: 'ai-assisted' }, null)).to.include(
      'ai-label-and-editor',
    );
    expect(checklistFor({ type: 'government-communication', origin: 'human' }, null)).to.include(
      'sender-visible',
    );
  });

  it('takes two different people and two reasons where a high risk remains', () => {
    const high = submission({ assessment: assessed(risky) });
    expect(ruleOf(high, judgement())).to.equal('justification-required');
    const reasoned = judgement({ comment: 'Silence would be worse' });
    expect(decide(high, reasoned)).to.deep.equal({ state: 'in-review', approval: null });
    const once = submission({ assessment: assessed(risky), reviews: [approvedBy('reviewer')] });
    expect(ruleOf(once, reasoned)).to.equal('already-approved');
    expect(ruleOf(once, { ...reasoned, reviewer: 'second' })).to.equal('approved');
  });

  it('counts a first approval only for the same content, until a return, and not for ever', () => {
    const message = { contentHash: 'now' };
    const returned = { ...approvedBy('second'), decision: 'return' as const };
    const long = new Date('2014-01-01T00:00:00Z');
    expect(standingApprovals({ message, reviews: [approvedBy('a'), approvedBy('b')] }, now)).to.deep.equal([
      'a',
      'b',
    ]);
    expect(standingApprovals({ message, reviews: [approvedBy('a', 'before')] }, now)).to.deep.equal([]);
    expect(standingApprovals({ message, reviews: [approvedBy('a'), returned] }, now)).to.deep.equal([]);
    expect(standingApprovals({ message, reviews: [approvedBy('a', 'now', long)] }, now)).to.deep.equal([]);
  });
});
