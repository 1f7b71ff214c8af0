import {
  AFFECTED_GROUPS,
  type Assessment,
  GATE_LIMITS,
  gate,
  HARM_QUESTIONS,
  residualScore,
  riskBand,
  riskScore,
} from '../../domain/assessment.ts';
import { assessmentStanding, changedCircumstances } from '../../domain/circumstances.ts';
import type { MessageForReview } from '../../queries/message-for-review.ts';
import { type FormView, flatten } from '../forms/form-view.ts';
import type { Speak } from '../speak.ts';
import { fieldId } from '../view-helpers/fields.ts';

const SCORES = ['1', '2', '3', '4', '5'];

/** The shape that stands with the word of a band. */
const BAND_KINDS = { low: 'good', moderate: 'quiet', high: 'look', severe: 'bad' } as const;

/** What the fields hold when an assessment is on record: the answers by question. */
export function assessmentValues(assessment: Pick<Assessment, 'risks'> | null): FormView['values'] {
  const risks = (assessment?.risks ?? []).map(({ question, ...answer }) => [question, answer]);
  return flatten({ risks: Object.fromEntries(risks) });
}

/** A score with the word and the shape of its band. */
function scoreView(score: number, speak: Speak) {
  const band = riskBand(score);
  const word = speak.t(`reviews.band-${band}`);
  return { kind: BAND_KINDS[band], text: speak.t('reviews.score', { score, band: word }) };
}

/** One block per question: the plain explanation, the fields, and the scores of what is on record. */
export function questionViews(
  assessment: Pick<Assessment, 'risks'> | null,
  areAllOpen: boolean,
  speak: Speak,
) {
  return HARM_QUESTIONS.map((question, index) => {
    const risk = assessment?.risks.find((answered) => answered.question === question);
    return {
      id: fieldId(`risks.${question}`),
      number: speak.number(index + 1),
      name: `risks.${question}`,
      title: speak.label('harm-question', question),
      explanation: speak.t(`reviews.why-${question}`),
      initial: risk ? scoreView(riskScore(risk), speak) : null,
      residual: risk ? scoreView(residualScore(risk), speak) : null,
      mitigation: risk?.mitigation ?? '',
      owner: risk?.owner ?? '',
      isOpen:
        areAllOpen ||
        (risk !== undefined && (risk.mitigation !== '' || riskScore(risk) >= GATE_LIMITS.mitigation)),
    };
  });
}

/** The choices that every question shares. */
export function assessmentChoices(speak: Speak) {
  return {
    affected: AFFECTED_GROUPS.map((value) => ({ value, label: speak.label('affected-group', value) })),
    likelihoods: SCORES.map((value) => ({ value, label: speak.t(`reviews.likelihood-${value}`) })),
    severities: SCORES.map((value) => ({ value, label: speak.t(`reviews.severity-${value}`) })),
  };
}

/** What the gate says about the assessment, in one sentence and a list of what is missing or has changed. */
export function gateView(review: MessageForReview, speak: Speak) {
  const { assessment, circumstances, crisis, message } = review;
  const standing = assessmentStanding(assessment, { ...review, contentHash: message.contentHash });
  if (standing === 'other-circumstances') {
    const changed = changedCircumstances(assessment?.circumstances ?? '', circumstances);
    const about = (part: string) =>
      speak.t('reviews.gate-changed', { part: speak.t(`reviews.part-${part}`) });
    return sentence(standing, changed.map(about), speak);
  }
  if (standing === 'before-crisis' && crisis) {
    const { startedAt, reason } = crisis;
    return sentence(
      standing,
      [speak.t('reviews.gate-crisis', { at: speak.dateTime(startedAt), reason })],
      speak,
    );
  }
  if (assessment === null || standing !== 'current') {
    return sentence(standing === 'other-text' ? 'outdated' : 'none', [], speak);
  }
  const { verdict, unanswered, unmitigated } = gate(assessment);
  const about = (key: string) => (question: string) =>
    speak.t(`reviews.${key}`, { question: speak.label('harm-question', question) });
  const missing = [
    ...unanswered.map(about('gate-unanswered')),
    ...unmitigated.map(about('gate-unmitigated')),
  ];
  return sentence(verdict, missing, speak);
}

const GATE_KINDS = {
  none: 'wait',
  outdated: 'look',
  'other-circumstances': 'look',
  'before-crisis': 'look',
  incomplete: 'wait',
  forbidden: 'bad',
  'two-approvals': 'look',
  'one-approval': 'good',
} as const;

function sentence(verdict: keyof typeof GATE_KINDS, missing: string[], speak: Speak) {
  const word = speak.t(`reviews.gate-${verdict}-word`);
  return { kind: GATE_KINDS[verdict], word, text: speak.t(`reviews.gate-${verdict}`), missing };
}
