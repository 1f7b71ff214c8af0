import type { AudienceRole } from './audience.ts';
import type { Campaign } from './campaign.ts';
import { RuleViolation } from './rule-violation.ts';

type Planned = Pick<Campaign, 'state' | 'startsOn' | 'endsOn' | 'segment' | 'narratives' | 'brief'> & {
  /** Roles of the chosen segments, the primary one first. */
  audience: readonly AudienceRole[];
};

/**
 * Every part of a brief, in the order of the page, with the question whether it is there. Essential parts gate
 * the start of the campaign. Source: union of RAN GAMMMA+, the ISD handbook and the GIFCT campaign toolkit; legal
 * review after Regulation 2024/900, safeguarding after DSA 28(2) (domain rules 1 and 2).
 */
const PARTS = {
  problem: {
    isEssential: true,
    isThere: ({ brief }) => isWritten(brief.problem),
    text: ({ brief }) => brief.problem,
  },
  narratives: { isEssential: false, isThere: ({ narratives }) => narratives.length > 0 },
  intent: { isEssential: true, isThere: ({ brief }) => brief.intent !== null },
  proportionality: {
    isEssential: true,
    isThere: ({ brief }) => isWritten(brief.proportionality),
    text: ({ brief }) => brief.proportionality,
  },
  segment: { isEssential: true, isThere: ({ segment }) => segment !== null },
  theoryOfChange: {
    isEssential: false,
    isThere: ({ brief }) => brief.theoryOfChange.some(isReasoned),
    text: ({ brief }) => brief.theoryOfChange.find(isReasoned)?.ifWe ?? '',
  },
  objectives: {
    isEssential: true,
    isThere: ({ brief }) => brief.objectives.some(isMeasurable),
    text: ({ brief }) => brief.objectives.find(isMeasurable)?.statement ?? '',
  },
  beyondAwareness: {
    isEssential: false,
    isThere: ({ brief }) => brief.objectives.some(({ tier }) => tier !== 'awareness'),
  },
  messageType: {
    isEssential: false,
    isThere: ({ brief }) => brief.messageType !== null && brief.tone !== null,
  },
  keyMessage: {
    isEssential: true,
    isThere: ({ brief }) => isWritten(brief.keyMessage),
    text: ({ brief }) => brief.keyMessage,
  },
  messengers: { isEssential: false, isThere: ({ brief }) => brief.messengers.length > 0 },
  media: {
    isEssential: false,
    isThere: ({ brief }) => isWritten(brief.media) && isWritten(brief.languages),
    text: ({ brief }) => brief.media,
  },
  callToAction: {
    isEssential: true,
    isThere: ({ brief }) => isWritten(brief.callToAction),
    text: ({ brief }) => brief.callToAction,
  },
  service: {
    isEssential: true,
    isThere: ({ brief }) => isWritten(brief.service) && brief.serviceIsStaffed,
    text: ({ brief }) => brief.service,
  },
  dialoguePlan: {
    isEssential: true,
    isThere: ({ brief }) => isWritten(brief.dialoguePlan),
    text: ({ brief }) => brief.dialoguePlan,
  },
  period: { isEssential: false, isThere: ({ startsOn, endsOn }) => startsOn !== null && endsOn !== null },
  budget: {
    isEssential: false,
    isThere: ({ brief }) => isWritten(brief.budget),
    text: ({ brief }) => brief.budget,
  },
  funder: {
    isEssential: false,
    isThere: ({ brief }) => isWritten(brief.funder),
    text: ({ brief }) => brief.funder,
  },
  legalReview: {
    isEssential: true,
    isThere: ({ brief }) => !brief.isPoliticalAdvertising || isWritten(brief.legalReview),
    text: ({ brief }) => brief.legalReview,
  },
  safeguarding: {
    isEssential: true,
    isThere: ({ brief, audience }) => !audience.includes('youth') || isWritten(brief.safeguarding),
    text: ({ brief }) => brief.safeguarding,
  },
  risks: {
    isEssential: true,
    isThere: ({ brief }) => isWritten(brief.risks),
    text: ({ brief }) => brief.risks,
  },
  dataProtection: {
    isEssential: false,
    isThere: ({ brief }) => isWritten(brief.dataProtection),
    text: ({ brief }) => brief.dataProtection,
  },
  approvals: {
    isEssential: false,
    isThere: ({ brief }) => isWritten(brief.approvals),
    text: ({ brief }) => brief.approvals,
  },
  exitPlan: {
    isEssential: false,
    isThere: ({ brief }) => isWritten(brief.exitPlan),
    text: ({ brief }) => brief.exitPlan,
  },
} as const satisfies Record<string, Part>;

interface Part {
  isEssential: boolean;
  isThere(campaign: Planned): boolean;
  /** Its own words, where it has any. */
  text?(campaign: Planned): string;
}

type BriefPart = keyof typeof PARTS;

export interface PartStanding {
  part: BriefPart;
  isThere: boolean;
  /** Without it the campaign cannot start. */
  isEssential: boolean;
  /** The earlier part whose words it repeats, and for which it does not count; null: it has words of its own, or none. */
  repeats: BriefPart | null;
}

/** Which parts of the brief are there, in the order of the page. Words that an earlier part has already count for nothing. */
export function briefStanding(campaign: Planned): PartStanding[] {
  const said = new Map<string, BriefPart>();
  return (Object.keys(PARTS) as BriefPart[]).map((part) => {
    const { isEssential, isThere, text }: Part = PARTS[part];
    const words = comparable(text?.(campaign) ?? '');
    const repeats = said.get(words) ?? null;
    if (words !== '' && repeats === null) said.set(words, part);
    return { part, isThere: repeats === null && isThere(campaign), isEssential, repeats };
  });
}

/**
 * Throws unless the campaign is planned (`campaign-already-started`) and every essential part of its brief is
 * there (`brief-incomplete`). Order is never forced; completeness is what gates.
 */
export function assertMayStart(campaign: Planned): void {
  if (campaign.state !== 'planned') {
    throw new RuleViolation('campaign-already-started', 'This campaign has already been started.');
  }
  const missing = briefStanding(campaign).filter(({ isThere, isEssential }) => isEssential && !isThere);
  if (missing.length === 0) return;
  throw new RuleViolation(
    'brief-incomplete',
    `The brief still lacks ${missing.length} essential parts. The meter beside it says which, and why each matters.`,
    { values: { count: missing.length } },
  );
}

/** Without what no reader would take for a difference: case, spaces and signs. */
function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function isWritten(text: string): boolean {
  return text.trim() !== '';
}

/** SMART as far as software can see: what, by which indicator, from where to where, until when. */
function isMeasurable({ statement, indicator, baseline, target, dueOn }: Objective): boolean {
  return (
    isWritten(statement) && isWritten(indicator) && baseline !== null && target !== null && dueOn !== null
  );
}

/** A line that says what we do and what follows; the reason may still be looked for. */
function isReasoned({ ifWe, thenAudience }: Campaign['brief']['theoryOfChange'][number]): boolean {
  return isWritten(ifWe) && isWritten(thenAudience);
}

type Objective = Campaign['brief']['objectives'][number];
