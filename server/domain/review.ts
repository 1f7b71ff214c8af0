import { type Assessment, GATE_LIMITS, gate } from './assessment.ts';
import type { PreventionTier } from './audience.ts';
import type { Approval, Message, MessageType } from './message.ts';
import { RuleViolation } from './rule-violation.ts';

export const DECISIONS = ['approve', 'return', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What a reviewer decided about one exact content, and why. */
export interface Review {
  _id: string;
  message: string;
  contentHash: string;
  decision: Decision;
  comment: string;
  reviewer: string;
  isDemo: boolean;
  createdAt: Date;
}

const ALWAYS_CHECKED = ['text-read', 'facts-sourced', 'nobody-named', 'call-answered'] as const;
const CHECKED_BY_TYPE = {
  'counter-narrative': ['claim-not-repeated', 'no-ridicule'],
  'alternative-narrative': ['stands-alone'],
  prebunking: ['warns-first', 'weak-dose'],
  'help-offer': ['service-told', 'confidential'],
  'government-communication': ['sender-visible', 'legal-agreed'],
} as const satisfies Record<MessageType, readonly string[]>;
const CHECKED_FOR_TERTIARY = ['signposting-only'] as const;
const CHECKED_FOR_AI = ['ai-label-and-editor'] as const;

export type ChecklistItem =
  | (typeof ALWAYS_CHECKED)[number]
  | (typeof CHECKED_BY_TYPE)[MessageType][number]
  | (typeof CHECKED_FOR_TERTIARY)[number]
  | (typeof CHECKED_FOR_AI)[number];

/** Every point that any checklist may hold. */
export const CHECKLIST_ITEMS: readonly ChecklistItem[] = [
  ...ALWAYS_CHECKED,
  ...Object.values(CHECKED_BY_TYPE).flat(),
  ...CHECKED_FOR_TERTIARY,
  ...CHECKED_FOR_AI,
];

/** Days after which an approval no longer lets anything new onto the calendar: the world it judged has moved on. */
const APPROVAL_DAYS = 180;
const DAY = 24 * 60 * 60_000;

/** What a reviewer confirms one by one before approving a message of this type, tier and origin. */
export function checklistFor(
  message: Pick<Message, 'type' | 'origin'>,
  tier: PreventionTier | null,
): ChecklistItem[] {
  return [
    ...ALWAYS_CHECKED,
    ...CHECKED_BY_TYPE[message.type],
    ...(tier === 'tertiary' ? CHECKED_FOR_TERTIARY : []),
    ...(message.origin === 'human' ? [] : CHECKED_FOR_AI),
  ];
}

/** Whether this member had no hand in the message, so that their eyes are the second pair (domain rule 7). */
export function mayJudge(message: Authorship, member: string): boolean {
  return ![message.createdBy, message.humanEditor, ...message.writers].includes(member);
}

type Authorship = Pick<Message, 'createdBy' | 'writers' | 'humanEditor'>;

/** When the approval stops letting new posts onto the calendar. */
export function approvalExpiresAt({ at }: Pick<Approval, 'at'>): Date {
  return new Date(at.getTime() + APPROVAL_DAYS * DAY);
}

/** Throws when this member may not assess or decide: it is their own work, or nobody asked for a review. */
export function checkReviewer(message: Authorship & Pick<Message, 'state'>, member: string): void {
  if (!mayJudge(message, member)) {
    throw new RuleViolation('own-work', 'Whoever wrote or edited a message cannot review it.');
  }
  if (message.state !== 'in-review') {
    throw new RuleViolation('not-waiting-for-review', 'This message is not waiting for a review.');
  }
}

export interface Submission {
  message: Authorship & Pick<Message, 'state' | 'contentHash' | 'type' | 'origin'>;
  tier: PreventionTier | null;
  /** The latest assessment of exactly this content. */
  assessment: Pick<Assessment, 'risks' | 'contentHash'> | null;
  /** Earlier decisions about this message, oldest first. */
  reviews: readonly Pick<Review, 'decision' | 'reviewer' | 'contentHash' | 'createdAt'>[];
}

type Standing = Pick<Submission, 'reviews'> & { message: Pick<Message, 'contentHash'> };

export interface Judgement {
  decision: Decision;
  comment: string;
  checked: readonly string[];
  reviewer: string;
  at: Date;
}

/**
 * The state and approval that a decision leads to. A first approval where two are needed leaves the message in
 * review. Throws when the reviewer may not decide, a reason is missing, or the do-no-harm gate is closed.
 */
export function decide(submission: Submission, judgement: Judgement): Pick<Message, 'state' | 'approval'> {
  checkReviewer(submission.message, judgement.reviewer);
  if (judgement.decision === 'approve') return approve(submission, judgement);
  if (!judgement.comment.trim()) {
    throw new RuleViolation('reason-required', 'Say why, so that the author knows what to do.', {
      field: 'comment',
    });
  }
  return { state: judgement.decision === 'return' ? 'returned' : 'rejected', approval: null };
}

function approve(submission: Submission, judgement: Judgement): Pick<Message, 'state' | 'approval'> {
  const { message, tier } = submission;
  const needed = checkGate(submission, judgement);
  const open = checklistFor(message, tier).filter((item) => !judgement.checked.includes(item));
  if (open.length > 0) {
    throw new RuleViolation('checklist-open', 'Every point of the checklist is confirmed before approving.', {
      field: 'checked',
      values: { count: open.length },
    });
  }
  const { reviewer, at } = judgement;
  const earlier = standingApprovals(submission, at).filter((id) => mayJudge(message, id));
  const approving = new Set([...earlier, reviewer]);
  if (approving.size >= needed) {
    return { state: 'approved', approval: { contentHash: message.contentHash, reviewer, at } };
  }
  if (earlier.includes(reviewer)) {
    throw new RuleViolation(
      'already-approved',
      'You have approved this; the second approval is somebody else’s.',
    );
  }
  return { state: 'in-review', approval: null };
}

/** How many approvals the do-no-harm gate asks for. Throws while the gate is closed. */
function checkGate({ message, assessment }: Submission, { comment }: Judgement): 1 | 2 {
  if (assessment?.contentHash !== message.contentHash) {
    throw new RuleViolation('assessment-missing', 'This exact text has no do-no-harm assessment yet.');
  }
  const { verdict, approvalsNeeded, unanswered, unmitigated } = gate(assessment);
  if (verdict === 'incomplete') {
    throw new RuleViolation('assessment-incomplete', 'The do-no-harm assessment is not complete.', {
      values: { count: unanswered.length + unmitigated.length },
    });
  }
  if (verdict === 'forbidden') {
    throw new RuleViolation(
      'residual-too-high',
      'What is left of a risk is too high to approve this message.',
      {
        values: { limit: GATE_LIMITS.forbidden },
      },
    );
  }
  if (approvalsNeeded === 2 && !comment.trim()) {
    throw new RuleViolation(
      'justification-required',
      'A high remaining risk is only accepted with a reason.',
      {
        field: 'comment',
        values: { limit: GATE_LIMITS.secondApproval },
      },
    );
  }
  return approvalsNeeded;
}

/** Who has approved exactly this content, recently, since somebody last returned or rejected the message. */
export function standingApprovals({ message, reviews }: Standing, now: Date): string[] {
  const lastNo = reviews.findLastIndex(({ decision }) => decision !== 'approve');
  return reviews
    .slice(lastNo + 1)
    .filter(({ contentHash }) => contentHash === message.contentHash)
    .filter(({ createdAt }) => now < approvalExpiresAt({ at: createdAt }))
    .map(({ reviewer }) => reviewer);
}
