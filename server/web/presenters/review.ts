import { checklistFor } from '../../domain/checklist.ts';
import type { Member } from '../../domain/member.ts';
import { approvalSubject } from '../../domain/message.ts';
import { mayJudge } from '../../domain/review.ts';
import { mayDo } from '../../domain/roles.ts';
import type { CardFacts } from '../../queries/card-facts.ts';
import type { MessageForReview } from '../../queries/message-for-review.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { assessmentChoices, gateView, questionViews } from './assessment.ts';
import { contentChanges } from './content-changes.ts';
import { postCards } from './post-card.ts';
import { approvalsView } from './review-approvals.ts';
import { reviewTrail } from './review-trail.ts';
import { sourcesView } from './sources.ts';
import { translationsView } from './translations.ts';

interface Viewing {
  member: Member;
  speak: Speak;
  now: Date;
  cards: CardFacts;
  /** What the form says was read, when one was sent. */
  seen: unknown;
}

/** The review page: the exact text on one side, assessment, checklist and decision on the other. */
export function reviewPage(review: MessageForReview, { member, speak, now, cards, seen }: Viewing) {
  const { message, campaign, segment, assessment } = review;
  const isOwn = !mayJudge(message, member._id);
  const isWaiting = message.state === 'in-review';
  const isReviewer = !isOwn && mayDo(member.roles, 'messages.review');
  const changes = contentChanges(seen, message, speak);
  return {
    title: speak.t('reviews.title-show', { title: message.title }),
    review: {
      heading: message.title,
      messageAddress: paths.message(message._id),
      campaign: campaign?.title ?? '',
      type: speak.label('message-type', message.type),
      state: { kind: STATE_KINDS[message.state], text: speak.label('message-state', message.state) },
      isOwn,
      isWaiting,
      mayDecide: isWaiting && isReviewer,
      mayAssess: (isWaiting || message.state === 'approved') && isReviewer,
      contentHash: message.contentHash,
      shortHash: message.contentHash.slice(0, 12),
      seen: approvalSubject(message),
      changes,
      flags: flagsOf(review, now, speak),
      cards: postCards(message.variants, review.accounts, { facts: cards, speak }),
      translations: translationsView(message, {
        languages: campaign?.brief.languages ?? '',
        mayMark: false,
        speak,
      }),
      essentials: essentials(review, speak),
      narrative: narrativeView(review, speak),
      sources: sourcesView(review.message, speak),
      gate: gateView(review, speak),
      approvals: approvalsView(review, now, speak),
      questions: questionViews(assessment, seen !== undefined, speak),
      choices: assessmentChoices(speak),
      checklist: checklistFor(message, segment?.tier ?? null).map((item) => ({
        value: item,
        label: speak.t(`reviews.check-${item}`),
      })),
      trail: reviewTrail(review, speak),
      assessmentAddress: paths.messageAssessment(message._id),
      approvalAddress: paths.messageApproval(message._id),
      returnAddress: paths.messageReturn(message._id),
      rejectionAddress: paths.messageRejection(message._id),
    },
  };
}

const STATE_KINDS = {
  draft: 'quiet',
  'in-review': 'wait',
  returned: 'look',
  rejected: 'bad',
  approved: 'good',
} as const;

function flagsOf(review: MessageForReview, now: Date, speak: Speak): string[] {
  const { message, segment, messenger, safeguarding } = review;
  const isRisky = {
    'flag-tertiary': segment?.tier === 'tertiary',
    'flag-government': message.type === 'government-communication',
    'flag-youth': segment?.role === 'youth',
    'flag-safeguarding': segment?.role === 'youth' && safeguarding.trim() === '',
    'flag-origin': message.origin !== 'human',
    'flag-unstaffed': message.callToAction.isStaffed !== true,
    'flag-consent-withdrawn': messenger?.consent.withdrawnAt != null,
    'flag-consent-expired': messenger?.consent.expiresOn != null && messenger.consent.expiresOn < now,
    'flag-no-account': message.variants.some(({ accounts }) => accounts.length === 0),
  };
  return Object.entries(isRisky).flatMap(([flag, isSet]) => (isSet ? [speak.t(`reviews.${flag}`)] : []));
}

function essentials({ message, campaign, segment, messenger, names }: MessageForReview, speak: Speak) {
  const { callToAction, tone, strategies, origin, humanEditor } = message;
  const facts: [string, string | null | undefined][] = [
    ['intent', campaign?.brief.intent && speak.label('intent', campaign.brief.intent)],
    ['key-message', campaign?.brief.keyMessage],
    ['segment', segment?.name],
    ['tier', segment && speak.label('prevention-tier', segment.tier)],
    ['messenger', messenger && `${messenger.name} · ${speak.label('messenger-kind', messenger.kind)}`],
    ['tone', tone && speak.label('tone', tone)],
    ['strategies', speak.list(strategies.map((one) => speak.label('strategy', one)))],
    ['origin', speak.label('origin', origin)],
    ['human-editor', humanEditor && names.get(humanEditor)],
    ['call', [callToAction.text, callToAction.service].filter(Boolean).join(' · ')],
    ['staffed', speak.t(`reviews.staffed-${callToAction.isStaffed ?? 'unknown'}`)],
    ['dialogue', campaign?.brief.dialoguePlan],
    ['risks', campaign?.brief.risks],
    ['safeguarding', segment?.role === 'youth' ? campaign?.brief.safeguarding : null],
  ];
  return facts.flatMap(([key, text]) => (text ? [{ term: speak.t(`reviews.fact-${key}`), text }] : []));
}

function narrativeView({ narrative }: MessageForReview, speak: Speak) {
  if (!narrative) return null;
  const { claim, circulation, grievance, severity, appeals } = narrative;
  return {
    claim,
    circulation,
    grievance,
    severity: speak.t('reviews.narrative-severity', { severity }),
    appeals: speak.list(appeals.map((appeal) => speak.label('appeal', appeal))),
  };
}
