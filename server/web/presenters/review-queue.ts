import type { Member } from '../../domain/member.ts';
import { MESSAGE_TYPES } from '../../domain/message.ts';
import { mayJudge } from '../../domain/review.ts';
import { mayDo } from '../../domain/roles.ts';
import type { ReassessmentDue } from '../../queries/reassessments-due.ts';
import type { WaitingReview } from '../../queries/reviews-waiting.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

interface Queue {
  waiting: readonly WaitingReview[];
  campaigns: readonly { _id: string; title: string }[];
  due: readonly ReassessmentDue[];
  filter: { campaign: string | null; type: string | null };
}

/** The review queue, the longest wait first; one's own work is listed and said to be somebody else's to review. */
export function reviewQueuePage(queue: Queue, member: Member, speak: Speak, now: Date) {
  const { waiting, campaigns, due, filter } = queue;
  return {
    title: speak.t('reviews.title-index'),
    lead:
      waiting.length === 0 && due.length > 0
        ? speak.t('reviews.lead-due', { count: due.length })
        : speak.t('reviews.lead', { count: waiting.length }),
    isFiltered: filter.campaign !== null || filter.type !== null,
    filterAddress: paths.reviews,
    form: { values: { campaign: filter.campaign ?? '', type: filter.type ?? '' }, fieldErrors: {} },
    campaigns: campaigns.map(({ _id, title }) => ({ value: _id, label: title })),
    types: MESSAGE_TYPES.map((value) => ({ value, label: speak.label('message-type', value) })),
    due: due.map(({ message, campaignTitle, standing }) => ({
      address: paths.review(message._id),
      title: message.title,
      campaign: campaignTitle,
      isOwn: !mayJudge(message, member._id),
      why: speak.t(`reviews.due-${standing}`),
    })),
    rows: waiting.map((one) => row(one, member, speak, now)),
  };
}

function row(one: WaitingReview, member: Member, speak: Speak, now: Date) {
  const { message, tier, authors, waitingSince } = one;
  const isOwn = !mayJudge(message, member._id);
  return {
    address: paths.review(message._id),
    title: message.title,
    campaign: one.campaignTitle,
    type: speak.label('message-type', message.type),
    authors: speak.list(authors),
    since: speak.dateTime(waitingSince),
    machineTime: waitingSince.toISOString(),
    ago: speak.relative(waitingSince, now),
    isOwn,
    maySay: !isOwn && mayDo(member.roles, 'messages.review'),
    flags: [
      ...(tier === 'tertiary' ? [speak.t('reviews.short-tertiary')] : []),
      ...(message.type === 'government-communication' ? [speak.t('reviews.short-government')] : []),
      ...(message.origin === 'human' ? [] : [speak.label('origin', message.origin)]),
    ],
    progress: progressOf(one, speak),
  };
}

function progressOf({ approvals, needed, isAssessed }: WaitingReview, speak: Speak) {
  if (approvals > 0)
    return { kind: 'wait', text: speak.t('reviews.approvals-of', { given: approvals, needed }) };
  const step = isAssessed ? 'assessed' : 'untouched';
  return { kind: 'quiet', text: speak.t(`reviews.progress-${step}`) };
}
