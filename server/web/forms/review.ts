import { z } from 'zod';
import { AFFECTED_GROUPS, HARM_QUESTIONS, type HarmQuestion, type Risk } from '../../domain/assessment.ts';
import { CHECKLIST_ITEMS } from '../../domain/checklist.ts';
import { choices, optionalChoice, optionalLine, optionalLongText } from './fields.ts';

const MOST_SEEN = 60_000;

const score = () =>
  optionalChoice(['1', '2', '3', '4', '5']).transform((chosen) => (chosen === null ? null : Number(chosen)));

const answer = z
  .strictObject({
    affected: optionalChoice(AFFECTED_GROUPS),
    likelihood: score(),
    severity: score(),
    mitigation: optionalLongText(1000),
    owner: optionalLine(120),
    residualLikelihood: score(),
    residualSeverity: score(),
  })
  .partial()
  .transform((typed, issues): Omit<Risk, 'question'> | null => {
    const { affected, likelihood, severity, mitigation = '', owner = '' } = typed;
    const { residualLikelihood, residualSeverity } = typed;
    const given = [affected, likelihood, severity, mitigation, owner, residualLikelihood, residualSeverity];
    if (given.every((value) => !value)) return null;
    const missing = Object.entries({ affected, likelihood, severity }).filter(([, value]) => !value);
    for (const [name] of missing) {
      issues.addIssue({ code: 'custom', message: 'app.wrong.missing', path: [name] });
    }
    if (!affected || !likelihood || !severity) return z.NEVER;
    return {
      affected,
      likelihood,
      severity,
      mitigation,
      owner,
      residualLikelihood: residualLikelihood ?? likelihood,
      residualSeverity: residualSeverity ?? severity,
    };
  });

type Answers = Partial<Record<HarmQuestion, Omit<Risk, 'question'> | null>>;

/** The one form of the review page; its buttons differ only in where they post it to. */
export const reviewForm = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The content that the hash was made of, so that a later page can say what changed. */
  seen: z.string().max(MOST_SEEN),
  risks: z
    .partialRecord(z.enum(HARM_QUESTIONS), answer)
    .default({})
    .transform((answers: Answers): Risk[] =>
      HARM_QUESTIONS.flatMap((question) => {
        const given = answers[question];
        return given ? [{ question, ...given }] : [];
      }),
    ),
  checked: choices(CHECKLIST_ITEMS),
  comment: optionalLongText(4000),
});
