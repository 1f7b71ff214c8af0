import { RuleViolation } from './rule-violation.ts';

export const AFFECTED_GROUPS = [
  'audience',
  'associated-community',
  'targeted-by-hate',
  'messenger-and-family',
  'staff',
  'minors',
  'organisation',
] as const;
type AffectedGroup = (typeof AFFECTED_GROUPS)[number];

export const HARM_QUESTIONS = [
  'amplification',
  'backfire',
  'stigma',
  'exposure',
  'humour-misread',
  'crisis-event',
  'unanswered-call',
  'mistaken-for-government',
  'not-speaking',
] as const;
export type HarmQuestion = (typeof HARM_QUESTIONS)[number];

/** One risk of a do-no-harm assessment; likelihood and severity are 1 to 5. */
export interface Risk {
  question: HarmQuestion;
  affected: AffectedGroup;
  likelihood: number;
  severity: number;
  mitigation: string;
  owner: string;
  residualLikelihood: number;
  residualSeverity: number;
}

/** A do-no-harm assessment of one exact content; it gates approval and so scheduling. */
export interface Assessment {
  _id: string;
  message: string;
  contentHash: string;
  /** Whom, through whom and against what it was assessed: see describeCircumstances. Empty on old records. */
  circumstances: string;
  risks: Risk[];
  assessor: string;
  isDemo: boolean;
  createdAt: Date;
}

/** Bands of a risk score (1 to 25), lowest first; a band reaches up to the next one's `from`. */
const RISK_BANDS = [
  { band: 'low', from: 1 },
  { band: 'moderate', from: 5 },
  { band: 'high', from: 10 },
  { band: 'severe', from: 15 },
] as const;
export type RiskBand = (typeof RISK_BANDS)[number]['band'];

/**
 * What a score asks for. The initial score decides whether somebody must do something about the risk; what is
 * left of it afterwards decides who may let the message go out.
 */
export const GATE_LIMITS = {
  /** Initial score from which a risk needs a mitigation and an owner. */
  mitigation: 8,
  /** Residual score from which two reviewers must approve and each must say why. */
  secondApproval: 10,
  /** Residual score from which nobody may approve. */
  forbidden: 15,
} as const;

export interface Gate {
  verdict: 'incomplete' | 'forbidden' | 'two-approvals' | 'one-approval';
  approvalsNeeded: 1 | 2;
  /** Questions nobody has answered yet. */
  unanswered: HarmQuestion[];
  /** Questions whose risk still lacks a mitigation or an owner. */
  unmitigated: HarmQuestion[];
  /** Highest residual score of speaking; null while nothing is answered. */
  worstResidual: number | null;
}

/** Likelihood × severity, 1 to 25, before anything is done about the risk. */
export function riskScore({ likelihood, severity }: Pick<Risk, 'likelihood' | 'severity'>): number {
  return likelihood * severity;
}

/** Likelihood × severity, 1 to 25, of what is left once the mitigation is in place. */
export function residualScore(risk: Pick<Risk, 'residualLikelihood' | 'residualSeverity'>): number {
  return risk.residualLikelihood * risk.residualSeverity;
}

/** The band of a score between 1 and 25. */
export function riskBand(score: number): RiskBand {
  const reached = RISK_BANDS.filter(({ from }) => score >= from);
  return reached.at(-1)?.band ?? 'low';
}

/**
 * What the assessment allows (source of the scale: likelihood 1–5 × severity 1–5 with residual risk, as in the
 * do-no-harm practice of the field):
 *
 * | rule | applies from |
 * |---|---|
 * | every question is answered | always |
 * | a mitigation and an owner | initial score 8 |
 * | two approvals, each with a reason | residual score 10 |
 * | no approval at all | residual score 15 |
 *
 * Saying nothing is weighed too, but as the other side of the scale: a high risk of silence never forbids speaking.
 */
export function gate({ risks }: Pick<Assessment, 'risks'>): Gate {
  const answered = new Set(risks.map(({ question }) => question));
  const unanswered = HARM_QUESTIONS.filter((question) => !answered.has(question));
  const speaking = risks.filter(({ question }) => question !== 'not-speaking');
  const unmitigated = speaking
    .filter(
      (risk) => riskScore(risk) >= GATE_LIMITS.mitigation && !(risk.mitigation.trim() && risk.owner.trim()),
    )
    .map(({ question }) => question);
  const worstResidual = speaking.length > 0 ? Math.max(...speaking.map(residualScore)) : null;
  const needsTwo = (worstResidual ?? 0) >= GATE_LIMITS.secondApproval;
  return {
    verdict: verdictOf({ isOpen: unanswered.length + unmitigated.length > 0, worst: worstResidual ?? 0 }),
    approvalsNeeded: needsTwo ? 2 : 1,
    unanswered,
    unmitigated,
    worstResidual,
  };
}

function verdictOf({ isOpen, worst }: { isOpen: boolean; worst: number }): Gate['verdict'] {
  if (worst >= GATE_LIMITS.forbidden) return 'forbidden';
  if (isOpen) return 'incomplete';
  return worst >= GATE_LIMITS.secondApproval ? 'two-approvals' : 'one-approval';
}

/**
 * Throws when a risk contradicts itself: scores outside 1 to 5, a residual above the initial score, or a lower
 * one although nothing is done about it.
 */
export function checkRisk(risk: Risk): void {
  const scores = [risk.likelihood, risk.severity, risk.residualLikelihood, risk.residualSeverity];
  if (!scores.every((score) => Number.isInteger(score) && score >= 1 && score <= 5)) {
    refuse(risk, 'score-out-of-range', 'Likelihood and severity are whole numbers from 1 to 5.');
  }
  if (residualScore(risk) > riskScore(risk)) {
    refuse(risk, 'residual-above-initial', 'What is left of a risk cannot be more than the risk itself.');
  }
  if (residualScore(risk) < riskScore(risk) && !risk.mitigation.trim()) {
    refuse(
      risk,
      'residual-without-mitigation',
      'A risk only becomes smaller when something is done about it.',
    );
  }
}

function refuse(risk: Risk, rule: string, message: string): never {
  throw new RuleViolation(rule, message, {
    field: `risks.${risk.question}`,
    values: { question: risk.question },
  });
}
