import { APPROVAL_DAYS, approvalExpiresAt, neededFor, standingApprovals } from '../../domain/review.ts';
import { secondApprovalReasons } from '../../domain/second-approval.ts';
import type { MessageForReview } from '../../queries/message-for-review.ts';
import type { Speak } from '../speak.ts';

/** Who approved already, who is still needed and why, or until when the approval holds. */
export function approvalsView(review: MessageForReview, now: Date, speak: Speak) {
  const { message, names } = review;
  const reasons = secondApprovalReasons(review);
  const needed = neededFor(reasons);
  const given = standingApprovals(review, now);
  const people = given.map(({ reviewer, createdAt }) =>
    speak.t('reviews.approved-by', { name: names.get(reviewer) ?? '–', at: speak.dateTime(createdAt) }),
  );
  const isOpen = message.state === 'in-review';
  const missing = Math.max(0, needed - given.length);
  return {
    count:
      isOpen || given.length > 0 ? speak.t('reviews.approvals-of', { given: given.length, needed }) : null,
    people,
    missing:
      isOpen && given.length > 0 && missing > 0 ? speak.t('reviews.approvals-missing', { missing }) : null,
    reasons: isOpen ? reasons.map((reason) => speak.t(`reviews.two-${reason}`)) : [],
    holds: message.approval && holdsText(message.approval, now, speak),
  };
}

function holdsText(approval: { at: Date }, now: Date, speak: Speak): string {
  const until = approvalExpiresAt(approval);
  const said = now < until ? 'approval-holds' : 'approval-over';
  return speak.t(`reviews.${said}`, { until: speak.date(until), days: APPROVAL_DAYS });
}
