import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { REPLY_CODES } from '../../domain/reply.ts';
import { callsForSomebody, callsForSupport } from '../../domain/reply-coding.ts';
import { mayDo } from '../../domain/roles.ts';
import type { ReplyInContext, ReplyQueue, ReplyWithPlan } from '../../queries/reply-queue.ts';
import { blankForm } from '../forms/form-view.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { totalText } from './figure.ts';

/** The coding queue: how many wait, and the one that waits longest. */
export function replyQueuePage(queue: ReplyQueue, member: Member, speak: Speak) {
  const { campaign, waiting, coded, isEmpty, next } = queue;
  return {
    title: campaign
      ? speak.t('replies.title-of', { campaign: campaign.title })
      : speak.t('replies.title-index'),
    lead: speak.t(campaign ? 'replies.lead' : 'replies.lead-all', {
      waiting,
      coded: totalText(coded, speak),
    }),
    campaign: campaign && { title: campaign.title, address: paths.campaign(campaign._id) },
    reportAddress: campaign ? paths.campaignReport(campaign._id) : paths.reports,
    isEmpty,
    mayCode: mayDo(member.roles, 'replies.code'),
    next: next && replyView(next, speak),
    codes: codeOptions(speak),
    form: next
      ? blankForm(paths.replyCode(next.reply._id), { code: '', queue: campaign?._id ?? '' })
      : blankForm(''),
  };
}

/** One reply: its code, what that code asks for, and the form to correct it. */
export function replyPage(found: ReplyWithPlan, member: Member, speak: Speak) {
  const { code, coder, text } = found.reply;
  const mayCode = mayDo(member.roles, 'replies.code');
  return {
    title: code
      ? speak.t('replies.title-coded', { code: speak.label('reply-code', code) })
      : speak.t('replies.title-uncoded'),
    queueAddress: paths.replies,
    reply: replyView(found, speak),
    codes: codeOptions(speak),
    mayCorrect: mayCode && text !== null && (code === null || coder === member._id),
    isCoded: code !== null,
    protocol: code && callsForSomebody(code) ? protocolView(found, code, mayCode, speak) : null,
  };
}

function protocolView(found: ReplyWithPlan, code: string, mayCode: boolean, speak: Speak) {
  const { plan, isSupportOffered, reply } = found;
  const asksForSupport = callsForSupport(reply.code);
  return {
    title: speak.t(`replies.protocol-${code}`),
    steps: [1, 2, 3].map((step) => speak.t(`replies.protocol-${code}-${step}`)),
    service: asksForSupport ? plan?.service || speak.t('replies.no-service') : '',
    isStaffed: plan?.serviceIsStaffed ?? false,
    dialoguePlan: asksForSupport ? plan?.dialoguePlan || speak.t('replies.no-plan') : '',
    asksForSupport,
    isSupportOffered,
    mayRecord: asksForSupport && mayCode && !isSupportOffered,
    offerAddress: paths.replySupportOffer(reply._id),
  };
}

function replyView({ reply, campaignTitle, post }: ReplyInContext, speak: Speak) {
  return {
    text: reply.text,
    language: reply.language,
    received: speak.dateTime(reply.receivedAt),
    machineTime: reply.receivedAt.toISOString(),
    campaign: campaignTitle,
    campaignAddress: paths.campaign(reply.campaign),
    post: post && { text: post.text, language: post.language, network: NETWORK_NAMES[post.network] },
  };
}

function codeOptions(speak: Speak) {
  return REPLY_CODES.map((code, index) => ({
    value: code,
    label: `${speak.number(index + 1)} · ${speak.label('reply-code', code)}`,
    hint: speak.t(`replies.code-${code}`),
  }));
}
