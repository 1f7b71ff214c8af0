import { PERSON_STATES } from '../../domain/delivery.ts';
import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { mayDo } from '../../domain/roles.ts';
import { directionOf } from '../../domain/variant.ts';
import type { CardFacts } from '../../queries/card-facts.ts';
import type { DeliveryNeedingSomeone } from '../../queries/deliveries-needing-someone.ts';
import type { DeliveryHistory } from '../../queries/delivery-history.ts';
import { blankForm } from '../forms/form-view.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { limitInWords } from './account-limit.ts';
import { addressOnNetwork, deliveryState } from './delivery-state.ts';
import { historyLines } from './history.ts';
import { attachedWords, deliveryCard } from './post-card.ts';

/** Everything that waits for a person, the longest waiting first. */
export function needsSomeonePage(deliveries: readonly DeliveryNeedingSomeone[], speak: Speak) {
  return {
    title: speak.t('deliveries.title-index'),
    calendarPath: paths.calendar,
    rows: deliveries.map((delivery) => ({
      path: paths.delivery(delivery._id),
      title: delivery.messageTitle || delivery.text,
      campaign: delivery.campaignTitle,
      account: `@${delivery.accountHandle}`,
      network: NETWORK_NAMES[delivery.network],
      words: delivery.text,
      attached: attachedWords(delivery, speak),
      language: delivery.language,
      direction: directionOf(delivery.language),
      due: speak.dateTime(delivery.dueAt, delivery.accountTimeZone),
      machineTime: delivery.dueAt.toISOString(),
      state: deliveryState(delivery.state, speak),
      why: speak.t(`deliveries.why-${delivery.state}`),
      problem: delivery.problem,
      evidence: speak.t('deliveries.evidence', {
        attempts: delivery.attempts.length,
        looks: delivery.readBacks.length,
      }),
    })),
  };
}

/** The sentence that says how it stands; a published one needs a look only while a problem is on record. */
function knownOf({ state, problem }: DeliveryHistory['delivery']): string {
  if (state === 'published') return problem ? 'why-published' : 'known-published';
  return (PERSON_OR_LIMIT as readonly string[]).includes(state) ? `why-${state}` : `known-${state}`;
}

const PERSON_OR_LIMIT = [...PERSON_STATES, 'failed', 'retry-wait'] as const;

/** One delivery: what was sent, what was answered, what reading back found, and what one can do. */
export function deliveryPage(
  history: DeliveryHistory,
  about: { member: Member; names: ReadonlyMap<string, string>; cards: CardFacts; now: Date },
  speak: Speak,
) {
  const { delivery, limit, resolutions } = history;
  const { member, names, cards, now } = about;
  const mayResolve = mayDo(member.roles, 'deliveries.resolve');
  return {
    title: delivery.messageTitle || speak.t('deliveries.title-show'),
    card: deliveryCard(delivery, null, { facts: cards, speak }),
    campaign: delivery.campaignTitle,
    state: deliveryState(delivery.state, speak),
    why: speak.t(`deliveries.${knownOf(delivery)}`),
    problem: delivery.problem,
    limit: limit && limitInWords({ ...limit, timeZone: delivery.accountTimeZone }, now, speak),
    due: speak.dateTime(delivery.dueAt, delivery.accountTimeZone),
    machineTime: delivery.dueAt.toISOString(),
    zone: delivery.accountTimeZone,
    rev: delivery.rev,
    remoteUrl: addressOnNetwork(delivery),
    postPath: paths.post(delivery.post),
    accountPath: delivery.state === 'auth-needed' ? paths.account(delivery.account) : null,
    history: historyLines(history, names, speak),
    resolutionPath: paths.deliveryResolution(delivery._id),
    resolutionOptions: mayResolve
      ? resolutions.map((value) => ({
          value,
          label: speak.t(`deliveries.resolution-${value}`),
          hint: speak.t(`deliveries.resolution-${value}-hint`),
        }))
      : [],
    mayMark: resolutions.includes('mark-published'),
    mayWithdraw: mayResolve && delivery.state === 'published' && delivery.remoteId !== null,
    withdrawalPath: paths.deliveryWithdrawal(delivery._id),
    withdrawal: blankForm(paths.deliveryWithdrawal(delivery._id)),
    form: blankForm(paths.deliveryResolution(delivery._id)),
  };
}
