import { expect } from 'chai';
import { HARM_QUESTIONS, type Risk } from '../../server/domain/assessment.ts';
import { checklistFor } from '../../server/domain/checklist.ts';
import { describeCircumstances } from '../../server/domain/circumstances.ts';
import {
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
  circumstances: '',
  createdAt: now,
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
  segment: { tier: 'primary', role: 'influencers' },
  messenger: { kind: 'family' },
  safeguarding: '',
  circumstances: '{}',
  crisisAt: null,
  assessment: assessed(),
  standing: [],
  ...fields,
});

const judgement = (fields: Partial<Judgement> = {}): Judgement => ({
  review: 'this',
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
  _id: `by ${reviewer}`,
  reviewer,
  contentHash,
  createdAt,
});

describe('a review', () => {
  it('binds the approval to the content hash', () => {
    expect(decide(submission(), judgement())).to.deep.equal({
      state: 'approved',
      approval: { contentHash: 'now', reviewer: 'reviewer', at: now },
      standing: ['this'],
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
      standing: [],
    });
    expect(ruleOf(submission(), judgement({ decision: 'reject', comment: 'Hostile' }))).to.equal('rejected');
  });

  it('needs an assessment of exactly this content', () => {
    expect(ruleOf(submission({ assessment: null }), judgement())).to.equal('assessment-missing');
    const old = { ...assessed(), contentHash: 'before' };
    expect(ruleOf(submission({ assessment: old }), judgement())).to.equal('assessment-missing');
  });

  it('is stopped by an incomplete assessment and by a residual risk that is too high', () => {
    const incomplete = { ...assessed(), risks: assessed().risks.slice(2) };
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
    expect(decide(high, reasoned)).to.deep.equal({ state: 'in-review', approval: null, standing: ['this'] });
    const once = submission({ assessment: assessed(risky), standing: [approvedBy('reviewer')] });
    expect(ruleOf(once, reasoned)).to.equal('already-approved');
    expect(ruleOf(once, { ...reasoned, reviewer: 'second' })).to.equal('approved');
  });

  it('counts a first approval only for the same content, and not for ever', () => {
    const { message } = submission();
    const long = new Date('2014-01-01T00:00:00Z');
    const standing = (...given: ReturnType<typeof approvedBy>[]) =>
      standingApprovals({ message, standing: given }, now).map(({ reviewer }) => reviewer);
    expect(standing(approvedBy('a'), approvedBy('b'))).to.deep.equal(['a', 'b']);
    expect(standing(approvedBy('a', 'before'))).to.deep.equal([]);
    expect(standing(approvedBy('a', 'now', long))).to.deep.equal([]);
  });

  it('no longer counts an approver who later edited (four eyes)', () => {
    const high = { assessment: assessed(risky), standing: [approvedBy('editor')] };
    const reasoned = judgement({ comment: 'Silence would be worse' });
    expect(standingApprovals({ message: submission().message, standing: high.standing }, now)).to.deep.equal(
      [],
    );
    expect(decide(submission(high), reasoned).state).to.equal('in-review');
  });

  it('takes two people where minors are spoken to or could be harmed, and where a survivor speaks', () => {
    const youth = { segment: { tier: 'primary', role: 'youth' } as const, safeguarding: 'Signed, 3 May' };
    const toMinors = { affected: 'minors', likelihood: 4, severity: 2 } as const;
    for (const fields of [
      youth,
      { messenger: { kind: 'survivor' } as const },
      { assessment: assessed(toMinors) },
    ]) {
      expect(ruleOf(submission(fields), judgement())).to.equal('in-review');
      expect(ruleOf(submission({ ...fields, standing: [approvedBy('first')] }), judgement())).to.equal(
        'approved',
      );
    }
  });

  it('of a message to young people waits for the safeguarding sign-off of the brief', () => {
    const youth = submission({ segment: { tier: 'primary', role: 'youth' } });
    expect(ruleOf(youth, judgement())).to.equal('safeguarding-needed');
  });

  it('needs an assessment made after the last crisis and of the circumstances as they are', () => {
    const before = submission({ crisisAt: new Date(now.getTime() + 1) });
    expect(ruleOf(before, judgement())).to.equal('assessment-before-crisis');
    expect(ruleOf(submission({ crisisAt: now }), judgement())).to.equal('approved');
    const described = (kind: 'family' | 'former') =>
      describeCircumstances({
        segment: null,
        messenger: { kind, name: 'Three mothers', safety: '' },
        narrative: null,
      });
    const other = { assessment: { ...assessed(), circumstances: described('former') } };
    expect(ruleOf(submission({ ...other, circumstances: described('family') }), judgement())).to.equal(
      'assessment-outdated',
    );
    expect(ruleOf(submission({ ...other, circumstances: described('former') }), judgement())).to.equal(
      'approved',
    );
  });
});
