import { type Assessment, GATE_LIMITS, gate } from './assessment.ts';
import type { AudienceSegment } from './audience.ts';
import { checklistFor } from './checklist.ts';
import { type AssessedNow, assertAssessed } from './circumstances.ts';
import type { Approval, Message, MessageState } from './message.ts';
import type { Messenger } from './messenger.ts';
import { RuleViolation } from './rule-violation.ts';
import {
  type AtStake,
  assertSafeguarded,
  type SecondApprovalReason,
  secondApprovalReasons,
} from './second-approval.ts';

export const DECISIONS = ['approve', 'return', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What a reviewer decided about one exact content, and why. */
export interface Review {
  _id: string;
  message: string;
  contentHash: string;
  decision: Decision;
  comment: string;
  /** Points of the checklist that the reviewer confirmed. */
  checked: string[];
  reviewer: string;
  /** The state that the message was brought to. */
  outcome: MessageState;
  /** Whether it has taken effect and stands in the trail; until then it counts for nothing. */
  isRecorded: boolean;
  isDemo: boolean;
  createdAt: Date;
}

/** Days after which an approval no longer lets anything new onto the calendar: the world it judged has moved on. */
export const APPROVAL_DAYS = 180;
const DAY = 24 * 60 * 60_000;

/** Whether this member had no hand in the message, so that their eyes are the second pair (domain rule 7). */
export function mayJudge(message: Authorship, member: string): boolean {
  return ![message.createdBy, message.humanEditor, ...message.writers].includes(member);
}

export type Authorship = Pick<Message, 'createdBy' | 'writers' | 'humanEditor'>;

/** When the approval stops letting new posts onto the calendar. */
export function approvalExpiresAt({ at }: Pick<Approval, 'at'>): Date {
  return new Date(at.getTime() + APPROVAL_DAYS * DAY);
}

/** Throws when this member may not assess or decide: it is their own work, or nobody asked for a review. */
function checkReviewer(message: Authorship & Pick<Message, 'state'>, member: string): void {
  assertNotOwn(message, member);
  if (message.state !== 'in-review') {
    throw new RuleViolation('not-waiting-for-review', 'This message is not waiting for a review.');
  }
}

/**
 * Throws like checkReviewer; but what is approved may be assessed anew as well, because the world around a text
 * changes while the text stays.
 */
export function checkAssessor(message: Authorship & Pick<Message, 'state'>, member: string): void {
  if (message.state === 'approved') assertNotOwn(message, member);
  else checkReviewer(message, member);
}

function assertNotOwn(message: Authorship, member: string): void {
  if (mayJudge(message, member)) return;
  throw new RuleViolation('own-work', 'Whoever wrote or edited a message cannot review it.');
}

type StandingReview = Pick<Review, '_id' | 'reviewer' | 'contentHash' | 'createdAt'>;
type AssessmentOnRecord = Pick<Assessment, 'risks' | 'contentHash' | 'circumstances' | 'createdAt'>;

export interface Submission extends Omit<AssessedNow, 'contentHash'> {
  message: Authorship & Pick<Message, 'state' | 'contentHash' | 'type' | 'origin'>;
  segment: Pick<AudienceSegment, 'tier' | 'role'> | null;
  messenger: Pick<Messenger, 'kind'> | null;
  /** The sign-off for the safeguarding of minors in the campaign's brief; empty while there is none. */
  safeguarding: string;
  /** The latest assessment of this content, else the latest of all. */
  assessment: AssessmentOnRecord | null;
  /** The reviews that the message names as its standing approvals. */
  standing: readonly StandingReview[];
}

export interface Judgement {
  /** Id of the entry in which this decision is on record. */
  review: string;
  decision: Decision;
  comment: string;
  checked: readonly string[];
  reviewer: string;
  at: Date;
}

export type Ruling = Pick<Message, 'state' | 'approval' | 'standing'>;

/**
 * The state and approval that a decision leads to. A first approval where two are needed leaves the message in
 * review. Throws when the reviewer may not decide, a reason is missing, or the do-no-harm gate is closed.
 */
export function decide(submission: Submission, judgement: Judgement): Ruling {
  checkReviewer(submission.message, judgement.reviewer);
  if (judgement.decision === 'approve') return approve(submission, judgement);
  if (!judgement.comment.trim()) {
    throw new RuleViolation('reason-required', 'Say why, so that the author knows what to do.', {
      field: 'comment',
    });
  }
  const state = judgement.decision === 'return' ? 'returned' : 'rejected';
  return { state, approval: null, standing: [] };
}

function approve(submission: Submission, judgement: Judgement): Ruling {
  const { message, segment } = submission;
  const reasons = checkGate(submission, judgement);
  const open = checklistFor(message, segment?.tier ?? null).filter(
    (item) => !judgement.checked.includes(item),
  );
  if (open.length > 0) {
    throw new RuleViolation('checklist-open', 'Every point of the checklist is confirmed before approving.', {
      field: 'checked',
      values: { count: open.length },
    });
  }
  const { review, reviewer, at } = judgement;
  const earlier = standingApprovals(submission, at).filter((one) => one.reviewer !== reviewer);
  const standing = [...earlier.map(({ _id }) => _id), review];
  if (standing.length >= neededFor(reasons)) {
    return { state: 'approved', approval: { contentHash: message.contentHash, reviewer, at }, standing };
  }
  if (standingApprovals(submission, at).length > 0) {
    throw new RuleViolation(
      'already-approved',
      'You have approved this; the second approval is somebody else’s.',
    );
  }
  return { state: 'in-review', approval: null, standing };
}

/** How many approvals these reasons ask for. */
export function neededFor(reasons: readonly SecondApprovalReason[]): 1 | 2 {
  return reasons.length > 0 ? 2 : 1;
}

/** Why a second approval is needed, if it is. Throws while the do-no-harm gate is closed. */
function checkGate(submission: Submission, { comment }: Judgement): SecondApprovalReason[] {
  const { assessment, message } = submission;
  assertSafeguarded(submission);
  assertAssessed(assessment, { ...submission, contentHash: message.contentHash });
  const { verdict, unanswered, unmitigated } = gate(assessment);
  if (verdict === 'incomplete') {
    throw new RuleViolation('assessment-incomplete', 'The do-no-harm assessment is not complete.', {
      values: { count: unanswered.length + unmitigated.length },
    });
  }
  if (verdict === 'forbidden') {
    throw new RuleViolation(
      'residual-too-high',
      'What is left of a risk is too high to approve this message.',
      { values: { limit: GATE_LIMITS.forbidden } },
    );
  }
  const reasons = secondApprovalReasons(submission);
  if (reasons.includes('high-risk') && !comment.trim()) {
    throw new RuleViolation(
      'justification-required',
      'A high remaining risk is only accepted with a reason.',
      { field: 'comment', values: { limit: GATE_LIMITS.secondApproval } },
    );
  }
  return reasons;
}

type Standing = Pick<Submission, 'standing'> & { message: Authorship & Pick<Message, 'contentHash'> };

/**
 * The approvals that count: of exactly this content, not too old, and not by somebody who had a hand in the message,
 * be it after approving.
 */
export function standingApprovals({ message, standing }: Standing, now: Date): StandingReview[] {
  return standing.filter(
    ({ contentHash, createdAt, reviewer }) =>
      contentHash === message.contentHash &&
      now < approvalExpiresAt({ at: createdAt }) &&
      mayJudge(message, reviewer),
  );
}

/**
 * Whether an approval outlives a new assessment: still allowed, and approved by as many people as it now asks for.
 */
export function outlives(
  submission: Standing &
    AtStake & { message: Pick<Message, 'approval'>; assessment: Pick<Assessment, 'risks'> },
  now: Date,
): boolean {
  const { verdict } = gate(submission.assessment);
  if (verdict === 'incomplete' || verdict === 'forbidden') return false;
  const approvers = new Set(standingApprovals(submission, now).map(({ reviewer }) => reviewer));
  // Approvals from before messages named their reviews know their last reviewer only.
  if (submission.message.approval) approvers.add(submission.message.approval.reviewer);
  return approvers.size >= neededFor(secondApprovalReasons(submission));
}
