import { z } from 'zod';
import { EVALUATION_TIERS, STRATEGIC_INTENTS } from '../../domain/campaign.ts';
import { MESSAGE_TYPES, TONES } from '../../domain/message.ts';
import {
  choice,
  ids,
  line,
  optionalChoice,
  optionalDay,
  optionalId,
  optionalLine,
  optionalLongText,
  optionalNumber,
  ticked,
  wholeNumber,
} from './fields.ts';

const MOST_OBJECTIVES = 20;

const period = { startsOn: optionalDay(), endsOn: optionalDay() };

function endsAfterStart({ startsOn, endsOn }: { startsOn: Date | null; endsOn: Date | null }): boolean {
  return !startsOn || !endsOn || startsOn <= endsOn;
}

const wrongEnd = { path: ['endsOn'], message: 'campaigns.ends-before-start' };

export const campaignForm = z.strictObject({ title: line(200), ...period }).refine(endsAfterStart, wrongEnd);

const objective = z.strictObject({
  statement: optionalLongText(500),
  tier: choice(EVALUATION_TIERS),
  indicator: optionalLine(200),
  baseline: optionalNumber(-1e12, 1e12),
  target: optionalNumber(-1e12, 1e12),
  dueOn: optionalDay(),
  source: optionalLine(200),
});

const theoryLine = z.strictObject({
  ifWe: optionalLongText(500),
  thenAudience: optionalLongText(500),
  because: optionalLongText(500),
  assumption: optionalLongText(500),
});

const brief = z.strictObject({
  problem: optionalLongText(),
  intent: optionalChoice(STRATEGIC_INTENTS),
  proportionality: optionalLongText(),
  theoryOfChange: z.array(theoryLine).max(MOST_OBJECTIVES).default([]),
  secondarySegments: ids(),
  messageType: optionalChoice(MESSAGE_TYPES),
  tone: optionalChoice(TONES),
  messengers: ids(),
  media: optionalLongText(1000),
  languages: optionalLine(200),
  objectives: z.array(objective).max(MOST_OBJECTIVES).default([]),
  keyMessage: optionalLongText(1000),
  callToAction: optionalLongText(1000),
  service: optionalLine(300),
  serviceIsStaffed: ticked(),
  dialoguePlan: optionalLongText(),
  budget: optionalLine(300),
  funder: optionalLine(300),
  isPoliticalAdvertising: ticked(),
  legalReview: optionalLine(300),
  safeguarding: optionalLine(300),
  approvals: optionalLongText(1000),
  risks: optionalLongText(),
  dataProtection: optionalLongText(1000),
  exitPlan: optionalLongText(),
});

export const briefForm = z
  .strictObject({
    version: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    title: line(200),
    ...period,
    segment: optionalId(),
    narratives: ids(),
    brief,
  })
  .refine(endsAfterStart, wrongEnd);

/** As much of a brief as can be understood while it is typed; a row that is not whole yet is left out. */
export const briefSoFar = z.object({
  startsOn: period.startsOn.catch(null),
  endsOn: period.endsOn.catch(null),
  segment: optionalId(),
  narratives: ids(),
  brief: brief.extend({
    objectives: z
      .array(objective.nullable().catch(null))
      .max(MOST_OBJECTIVES)
      .default([])
      .transform((rows) => rows.filter((row) => row !== null)),
  }),
});

/** The domain refuses empty lessons and says why. */
export const closureForm = z.strictObject({ lessons: optionalLongText(8000) });
