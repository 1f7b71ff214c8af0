import type { CampaignWithdrawal } from './campaign-withdrawal.ts';
import type { MessageType, Tone } from './message.ts';
import { RuleViolation } from './rule-violation.ts';

export const STRATEGIC_INTENTS = [
  'deter',
  'intervene',
  'prevent-joining',
  'build-resilience',
  'empower-bystanders',
] as const;
type StrategicIntent = (typeof STRATEGIC_INTENTS)[number];

export const EVALUATION_TIERS = ['awareness', 'engagement', 'impact'] as const;
type EvaluationTier = (typeof EVALUATION_TIERS)[number];

export const CAMPAIGN_STATES = ['planned', 'running', 'closed'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** A SMART objective with the indicator that shows whether it was reached. */
export interface Objective {
  statement: string;
  tier: EvaluationTier;
  indicator: string;
  /** null: not measured yet. */
  baseline: number | null;
  target: number | null;
  dueOn: Date | null;
  source: string;
}

/** One line of the theory of change: if we do this, the audience will do that, because …, as far as this holds. */
export interface TheoryLine {
  ifWe: string;
  thenAudience: string;
  because: string;
  /** What has to be true, and could turn out not to be. */
  assumption: string;
}

/** The plan of a campaign. Every text may be empty: completeness is shown, order is not forced. */
export interface Brief {
  problem: string;
  intent: StrategicIntent | null;
  proportionality: string;
  theoryOfChange: TheoryLine[];
  objectives: Objective[];
  /** Ids of further audience segments. */
  secondarySegments: string[];
  messageType: MessageType | null;
  tone: Tone | null;
  keyMessage: string;
  /** Ids of those who speak. */
  messengers: string[];
  /** Media, formats and how often. */
  media: string;
  /** BCP 47 tags, separated by commas. */
  languages: string;
  callToAction: string;
  service: string;
  serviceIsStaffed: boolean;
  dialoguePlan: string;
  /** What it may cost, in words. */
  budget: string;
  /** The public line that says who pays. */
  funder: string;
  /** Regulation 2024/900: then never paid, and read by a lawyer. */
  isPoliticalAdvertising: boolean;
  /** Who read it and when; needed for political advertising. */
  legalReview: string;
  /** Who signed off the safeguarding of minors and when; needed where youth are addressed. */
  safeguarding: string;
  risks: string;
  dataProtection: string;
  /** Who agrees to what before it goes out, inside and outside the house. */
  approvals: string;
  exitPlan: string;
}

/** A bounded effort with one brief, one primary audience segment, a period and objectives. */
export interface Campaign {
  _id: string;
  title: string;
  state: CampaignState;
  startsOn: Date | null;
  endsOn: Date | null;
  /** Id of the primary audience segment. */
  segment: string | null;
  /** Ids of harmful narratives that the campaign answers. */
  narratives: string[];
  brief: Brief;
  /** What the team will do differently; part of closing. */
  lessons: string;
  /** The last time that all of it was taken back; null or not given: never. */
  withdrawal?: CampaignWithdrawal | null;
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Throws `campaign-closed`: a closed campaign is a record, not a workshop. */
export function assertOpen({ state }: Pick<Campaign, 'state'>): void {
  if (state !== 'closed') return;
  throw new RuleViolation(
    'campaign-closed',
    'This campaign is closed and can no longer be changed. Plan a new campaign to go on.',
  );
}

export interface Closing {
  lessons: string;
  /** Deliveries that are in no final state yet. */
  waiting: number;
}

/**
 * Throws unless the campaign is running, nothing of it still waits to go out and the team wrote down its lessons:
 * `campaign-not-running`, `closing-with-posts-waiting` or `closing-needs-lessons`.
 * Source: the glossary, "lesson: part of closing a campaign".
 */
export function assertMayClose(campaign: Pick<Campaign, 'state'>, { lessons, waiting }: Closing): void {
  if (campaign.state !== 'running') {
    throw new RuleViolation('campaign-not-running', 'Only a running campaign can be closed. Start it first.');
  }
  if (waiting > 0) {
    throw new RuleViolation(
      'closing-with-posts-waiting',
      `${waiting} posts of this campaign are not finished. Cancel them on the calendar, or let them go out first.`,
      { values: { count: waiting } },
    );
  }
  if (lessons.trim() === '') {
    throw new RuleViolation(
      'closing-needs-lessons',
      'Write down what the team will do differently. Lessons are part of closing a campaign.',
      { field: 'lessons' },
    );
  }
}
