import { wallTimeOf } from '../../domain/calendar-time.ts';
import { CANCELLABLE_STATES, type DeliveryState, textsOf } from '../../domain/delivery.ts';
import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { costUsdOf, type Prices } from '../../domain/post-cost.ts';
import type { PlacementWarning } from '../../domain/rhythm.ts';
import { mayDo } from '../../domain/roles.ts';
import { directionOf } from '../../domain/variant.ts';
import type { CardFacts } from '../../queries/card-facts.ts';
import type { PlacedPost } from '../../queries/find-post.ts';
import type { ReassessmentDue } from '../../queries/reassessments-due.ts';
import type { PlacementChoice, SchedulableMessage } from '../../queries/schedulable.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { addressOnNetwork, deliveryState } from './delivery-state.ts';
import { historyLines } from './history.ts';
import { armWords, attachedWords, deliveryCard, postCard } from './post-card.ts';

/** The first step of scheduling: every approved text, to choose one. */
export function chooseTextPage(
  schedulable: readonly SchedulableMessage[],
  { at, due }: { at: string; due: readonly ReassessmentDue[] },
  speak: Speak,
) {
  return {
    title: speak.t('posts.title-choose'),
    reviewsPath: paths.reviews,
    messages: schedulable.map(({ message, campaignTitle }) => ({
      title: message.title,
      campaign: campaignTitle,
      reassessment: reassessmentView(message._id, due, speak),
      variants: message.variants.map((variant) => ({
        path: placingPath({ message: message._id, variant: variant._id, at }),
        network: NETWORK_NAMES[variant.network],
        language: variant.language,
        direction: directionOf(variant.language),
        text: variant.text,
        arm: armWords(variant, speak),
        attached: attachedWords({ ...variant, arm: null }, speak),
      })),
    })),
  };
}

/** Why harm has to be assessed anew before more of this message is placed, and where; null while it need not. */
function reassessmentView(message: string, due: readonly ReassessmentDue[], speak: Speak) {
  const one = due.find((overtaken) => overtaken.message._id === message);
  return one
    ? {
        why: speak.t(`reviews.due-${one.standing}`),
        path: paths.review(message),
        linkText: speak.t('posts.reassess-link'),
      }
    : null;
}

/** Where a text is placed, with what is known of account and time so far. */
export function placingPath(given: {
  message: string;
  variant: string;
  account?: string;
  at?: string;
}): string {
  const known = Object.entries(given).filter(([, value]) => value);
  return `${paths.newPost}?${new URLSearchParams(known as [string, string][])}`;
}

interface PlacingFacts {
  warnings: readonly string[];
  prices: Prices | undefined;
  cards: CardFacts;
  due: readonly ReassessmentDue[];
  now: Date;
}

const WEEK_MS = 7 * 24 * 60 * 60_000;

/** The second step: account and time, with what speaks against them. */
export function newPostPage(
  choice: PlacementChoice,
  { warnings, prices, cards, due, now }: PlacingFacts,
  speak: Speak,
) {
  const { message, variant, accounts } = choice;
  const unfit = accounts.flatMap(({ account, unfit: why }) =>
    why ? [{ handle: `@${account.handle}`, why: speak.t(`posts.unfit-${why}`) }] : [],
  );
  const fit = accounts.filter((one) => one.unfit === null);
  return {
    title: speak.t('posts.title-new', { title: message.title }),
    message: message._id,
    variant: variant._id,
    reassessment: reassessmentView(message._id, due, speak),
    timeHint: speak.t('posts.wall-time-hint', {
      example: `${wallTimeOf(new Date(now.getTime() + WEEK_MS), fit[0]?.account.timeZone ?? 'UTC').slice(0, 10)}T09:15`,
    }),
    card: postCard(variant, fit[0]?.account, { facts: cards, speak }),
    cost: prices
      ? speak.t('posts.cost', {
          cost: speak.number(costUsdOf(prices, textsOf(variant)), 3),
        })
      : null,
    hasAccounts: fit.length > 0,
    accountOptions: fit.map(({ account }) => ({
      value: account._id,
      label: `@${account.handle}`,
      hint: speak.t('posts.account-zone', { zone: account.timeZone }),
    })),
    unfit,
    ...armsView(choice, speak),
    ...timeOptions(warnings, speak),
    choosePath: paths.newPost,
  };
}

/** Each arm with where it stands, and the one to go on with: the first that stands nowhere yet. */
function armsView({ message, variant, accounts, arms }: PlacementChoice, speak: Speak) {
  const account = (id: string) => accounts.find((one) => one.account._id === id)?.account;
  const others = arms.filter((one) => one.variant._id !== variant._id);
  const next = others.find(({ deliveries }) => deliveries.length === 0);
  return {
    arms: arms.map((one) => ({
      arm: armWords(one.variant, speak),
      path: placingPath({ message: message._id, variant: one.variant._id }),
      isHere: !others.includes(one),
      language: one.variant.language,
      direction: directionOf(one.variant.language),
      text: one.variant.text,
      placed: one.deliveries.map(({ dueAt, state, account: id }) => ({
        at: speak.dateTime(dueAt, account(id)?.timeZone),
        handle: `@${account(id)?.handle ?? ''}`,
        state: deliveryState(state, speak),
      })),
    })),
    next: next && {
      variant: next.variant._id,
      label: speak.t('posts.schedule-then', { arm: armWords(next.variant, speak) }),
    },
  };
}

function timeOptions(warnings: readonly string[], speak: Speak) {
  return {
    warnings,
    whenOptions: ['at', 'now'].map((value) => ({ value, label: speak.t(`posts.when-${value}`) })),
    occurrenceOptions: ['earlier', 'later'].map((value) => ({
      value,
      label: speak.t(`posts.occurrence-${value}`),
    })),
  };
}

/** What speaks against a time, in sentences. */
export function warningSentences(warnings: readonly PlacementWarning[], speak: Speak): string[] {
  return warnings.map((warning) => {
    if (warning.kind === 'quiet-hours') {
      const { account, fromHour, toHour } = warning;
      return speak.t('posts.warning-quiet-hours', { account, fromHour, toHour });
    }
    if (warning.kind === 'too-close') {
      const { account, gapMinutes, otherDueAt } = warning;
      return speak.t('posts.warning-too-close', { account, gapMinutes, other: speak.dateTime(otherDueAt) });
    }
    return speak.t('posts.warning-outside-campaign');
  });
}

/** One post: the frozen text, each delivery with its history, and what can be done. */
export function postPage(
  { post, accounts, histories }: PlacedPost,
  facts: {
    member: Member;
    names: ReadonlyMap<string, string>;
    warnings: readonly string[];
    cards: CardFacts;
  },
  speak: Speak,
) {
  const states = histories.map(({ delivery }) => delivery.state);
  const some = (anyOf: readonly DeliveryState[]) => states.some((state) => anyOf.includes(state));
  const isScheduler = mayDo(facts.member.roles, 'posts.schedule');
  return {
    title: histories[0]?.delivery.messageTitle ?? speak.t('posts.title-show'),
    messagePath: paths.message(post.message),
    campaign: histories[0]?.delivery.campaignTitle ?? '',
    due: speak.dateTime(post.dueAt, post.timeZone),
    machineTime: post.dueAt.toISOString(),
    zone: post.timeZone,
    wallTime: wallTimeOf(post.dueAt, post.timeZone),
    cards: histories.map(({ delivery }) => {
      const account = accounts.find(({ _id }) => _id === delivery.account);
      return deliveryCard(delivery, account, { facts: facts.cards, speak });
    }),
    deliveries: histories.map((history) => deliveryView(history, facts.names, speak)),
    mayMove: isScheduler && some(['held', 'scheduled']),
    mayCancel: isScheduler && some(CANCELLABLE_STATES),
    isHeld: isScheduler && some(['held']),
    movePath: paths.postTime(post._id),
    cancelPath: paths.postCancellation(post._id),
    releasePath: paths.postRelease(post._id),
    ...timeOptions(facts.warnings, speak),
  };
}

function deliveryView(
  history: PlacedPost['histories'][number],
  names: ReadonlyMap<string, string>,
  speak: Speak,
) {
  const { delivery } = history;
  return {
    account: `@${delivery.accountHandle}`,
    network: NETWORK_NAMES[delivery.network],
    state: deliveryState(delivery.state, speak),
    problem: delivery.problem,
    remoteUrl: addressOnNetwork(delivery),
    path: paths.delivery(delivery._id),
    history: historyLines(history, names, speak),
  };
}
