import { healthOf } from '../../domain/account.ts';
import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { mayDo, type Permission } from '../../domain/roles.ts';
import type { CalendarDelivery } from '../../queries/calendar-deliveries.ts';
import type { ListedWork, TodaysWork } from '../../queries/todays-work.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { limitInWords } from './account-limit.ts';
import { beginnings, firstSteps } from './first-steps.ts';
import { armWords } from './post-card.ts';

/** The role-aware start: a panel is null when it is not for this member or nothing is in it. */
export function todayPage(
  { work, member, now }: { work: TodaysWork; member: Member; now: Date },
  speak: Speak,
) {
  const may = (permission: Permission) => mayDo(member.roles, permission);
  const ifSome = <Item>(allowed: boolean, items: readonly Item[]) =>
    allowed && items.length > 0 ? items : null;
  const page = {
    title: speak.t('app.nav-today'),
    now: speak.dateTime(now),
    steps: firstSteps(member.roles, work.beginnings, speak),
    isAlone: work.beginnings.members < 2,
    returned: ifSome(
      may('messages.edit'),
      work.returned.map((one) => listed(one, paths.message, now, speak)),
    ),
    drafts: ifSome(
      may('messages.edit'),
      work.drafts.map((one) => listed(one, paths.message, now, speak)),
    ),
    reviews: ifSome(
      may('messages.review'),
      work.reviews.map((one) => listed(one, paths.review, now, speak)),
    ),
    problems: ifSome(
      may('deliveries.resolve') || may('accounts.connect'),
      work.needingSomeone.map((one) => ({ ...goingOut(one, speak), path: paths.delivery(one._id) })),
    ),
    problemsPath: paths.needsSomeone,
    goingOut: goingOutPanel(work, speak),
    calendarPath: paths.calendar,
    accounts: accountsPanel(work, may('accounts.pace') || may('accounts.connect'), now, speak),
    replies:
      may('replies.code') && work.uncodedReplies > 0
        ? speak.t('today.uncoded', { count: work.uncodedReplies })
        : null,
    repliesPath: paths.replies,
  };
  const waits = [
    page.steps,
    page.returned,
    page.drafts,
    page.reviews,
    page.problems,
    page.goingOut,
    page.replies,
  ];
  const isIdle = {
    drafter: page.returned === null && page.drafts === null,
    reviewer: page.reviews === null,
    scheduler: page.problems === null && page.goingOut === null,
    evaluator: page.replies === null,
    administrator: false,
  };
  const begin =
    page.steps === null
      ? beginnings(
          member.roles.filter((role) => isIdle[role]),
          speak,
        )
      : [];
  return { ...page, begin, isQuiet: waits.every((panel) => panel === null) && begin.length === 0 };
}

function listed(work: ListedWork, pathOf: (id: string) => string, now: Date, speak: Speak) {
  return {
    title: work.title,
    path: pathOf(work._id),
    campaign: work.campaignTitle,
    since: speak.dateTime(work.since),
    ago: speak.relative(work.since, now),
  };
}

function goingOutPanel({ goingOut: soon, next }: TodaysWork, speak: Speak) {
  if (soon.length === 0 && next === null) return null;
  return {
    items: soon.map((one) => goingOut(one, speak)),
    count: speak.t('today.going-out-count', { count: soon.length }),
    later: next && {
      path: paths.post(next.post),
      title: next.messageTitle,
      at: speak.dateTime(next.dueAt),
      machineTime: next.dueAt.toISOString(),
      account: `@${next.accountHandle}`,
      network: NETWORK_NAMES[next.network],
    },
  };
}

function goingOut(delivery: CalendarDelivery, speak: Speak) {
  return {
    day: speak.date(delivery.dueAt),
    time: speak.time(delivery.dueAt),
    account: `@${delivery.accountHandle}`,
    network: NETWORK_NAMES[delivery.network],
    message: delivery.messageTitle,
    language: delivery.language,
    arm: armWords(delivery, speak),
    state: speak.label('delivery-state', delivery.state),
    kind: delivery.problem ? 'look' : 'wait',
    path: paths.post(delivery.post),
  };
}

function accountsPanel({ accounts }: TodaysWork, isAllowed: boolean, now: Date, speak: Speak) {
  if (!isAllowed || accounts.length === 0) return null;
  const healthy = accounts.filter((account) => healthOf(account) === 'healthy').length;
  const others = accounts.length - healthy;
  return {
    healthy: speak.t('today.accounts-healthy', { count: healthy }),
    others: others > 0 ? speak.t('today.accounts-others', { count: others }) : null,
    limits: accounts.flatMap((account) => {
      const words = limitInWords(account, now, speak);
      return words ? [{ handle: `@${account.handle}`, path: paths.account(account._id), words }] : [];
    }),
    path: paths.accounts,
  };
}
