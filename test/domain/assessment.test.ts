import { expect } from 'chai';
import {
  checkRisk,
  gate,
  HARM_QUESTIONS,
  type HarmQuestion,
  type Risk,
  residualScore,
  riskBand,
  riskScore,
} from '../../server/domain/assessment.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const risk = (fields: Partial<Risk> = {}): Risk => ({
  question: 'backfire',
  affected: 'audience',
  likelihood: 2,
  severity: 2,
  mitigation: '',
  owner: '',
  residualLikelihood: 2,
  residualSeverity: 2,
  ...fields,
});

/** Every question answered with a small risk, one of them as given. */
const allAnswered = (question: HarmQuestion, fields: Partial<Risk>) => ({
  risks: HARM_QUESTIONS.map((asked) => risk({ question: asked, ...(asked === question ? fields : {}) })),
});

const high = { likelihood: 5, severity: 4, mitigation: 'Moderated for 48 hours', owner: 'Amal' };

describe('a do-no-harm assessment', () => {
  it('scores likelihood times severity, before and after the mitigation', () => {
    const one = risk({ likelihood: 4, severity: 5, residualLikelihood: 2, residualSeverity: 3 });
    expect(riskScore(one)).to.equal(20);
    expect(residualScore(one)).to.equal(6);
  });

  it('names the band of a score', () => {
    const bands = [1, 4, 5, 9, 10, 14, 15, 25].map(riskBand);
    expect(bands).to.deep.equal(['low', 'low', 'moderate', 'moderate', 'high', 'high', 'severe', 'severe']);
  });

  it('asks about the risk of not speaking', () => {
    expect(HARM_QUESTIONS).to.include('not-speaking');
    expect(gate({ risks: [] }).unanswered).to.include('not-speaking');
  });

  it('keeps the gate closed until every question is answered', () => {
    const { risks } = allAnswered('backfire', {});
    expect(gate({ risks: risks.slice(1) })).to.include({ verdict: 'incomplete' });
    expect(gate({ risks })).to.include({ verdict: 'one-approval', approvalsNeeded: 1 });
  });

  it('asks for a mitigation and an owner from a score of 8', () => {
    const without = { likelihood: 2, severity: 4, residualLikelihood: 2, residualSeverity: 4 };
    expect(gate(allAnswered('stigma', without)).unmitigated).to.deep.equal(['stigma']);
    const withBoth = { ...without, mitigation: 'Wording tested with parents', owner: 'Amal' };
    expect(gate(allAnswered('stigma', withBoth)).verdict).to.equal('one-approval');
    const smaller = { likelihood: 1, severity: 5, residualLikelihood: 1, residualSeverity: 5 };
    expect(gate(allAnswered('stigma', smaller)).unmitigated).to.deep.equal([]);
  });

  it('asks for two approvals from a residual score of 10 and forbids from 15', () => {
    const at = (residualLikelihood: number, residualSeverity: number) =>
      gate(allAnswered('exposure', { ...high, residualLikelihood, residualSeverity }));
    expect(at(3, 3)).to.include({ verdict: 'one-approval', worstResidual: 9 });
    expect(at(5, 2)).to.include({ verdict: 'two-approvals', approvalsNeeded: 2 });
    expect(at(3, 4)).to.include({ verdict: 'two-approvals', approvalsNeeded: 2 });
    expect(at(5, 3)).to.include({ verdict: 'forbidden', worstResidual: 15 });
  });

  it('never lets a high risk of silence forbid speaking', () => {
    const silence = { likelihood: 5, severity: 5, residualLikelihood: 5, residualSeverity: 5 };
    expect(gate(allAnswered('not-speaking', silence))).to.include({
      verdict: 'one-approval',
      worstResidual: 4,
    });
  });

  it('refuses risks that contradict themselves', () => {
    const rule = (fields: Partial<Risk>) => {
      try {
        checkRisk(risk(fields));
        return 'none';
      } catch (error) {
        return (error as RuleViolation).rule;
      }
    };
    expect(rule({})).to.equal('none');
    expect(rule({ likelihood: 6 })).to.equal('score-out-of-range');
    expect(rule({ severity: 2.5 })).to.equal('score-out-of-range');
    expect(rule({ residualLikelihood: Number.NaN })).to.equal('score-out-of-range');
    expect(rule({ residualSeverity: 3 })).to.equal('residual-above-initial');
    expect(rule({ residualSeverity: 1 })).to.equal('residual-without-mitigation');
    expect(rule({ residualSeverity: 1, mitigation: 'Reworded' })).to.equal('none');
  });

  it('says which question a contradiction is about', () => {
    expect(() => checkRisk(risk({ likelihood: 0 })))
      .to.throw(RuleViolation)
      .that.includes({ field: 'risks.backfire' });
  });
});
