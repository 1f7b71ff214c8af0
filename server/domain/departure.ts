import { type Account, type Home, isDisclosed } from './account.ts';
import type { Delivery, DeliveryState } from './delivery.ts';
import { attachedTo, isApproved, type Message } from './message.ts';
import { consentCovers, type Messenger } from './messenger.ts';
import type { PublishingTimes } from './publishing-times.ts';

/** Everything that is looked at, freshly read, before a delivery may leave. */
export interface DepartureFacts {
  message: Pick<Message, 'state' | 'approval' | 'contentHash' | 'variants' | 'origin' | 'messenger'> | null;
  /** The one that the message names; null when it names none, or when they are gone. */
  messenger: Pick<Messenger, 'kind' | 'consent'> | null;
  account: Account | null;
  isPaused: boolean;
  home: Home;
}

/** Why a delivery stays: with the state it goes to, or null when it simply waits where it is. */
export interface Obstacle {
  state: (DeliveryState & ('held' | 'missed')) | null;
  reason: string;
}

type Departing = Pick<
  Delivery,
  | 'text'
  | 'parts'
  | 'images'
  | 'contentHash'
  | 'variant'
  | 'account'
  | 'network'
  | 'dueAt'
  | 'nextAt'
  | 'attempts'
>;

/** The first thing that keeps a delivery from leaving now; null when nothing does. */
export function obstacleTo(
  delivery: Departing,
  facts: DepartureFacts,
  now: Date,
  times: PublishingTimes,
): Obstacle | null {
  if (facts.isPaused) return { state: null, reason: 'Everything is paused.' };
  const reason = approvalObstacle(delivery, facts, now);
  if (reason) return { state: 'held', reason };
  if (now.getTime() > delivery.dueAt.getTime() + times.toleranceMs) {
    return { state: 'missed', reason: 'It could not leave in time.' };
  }
  if (delivery.nextAt === null || delivery.nextAt > now || delivery.dueAt > now) {
    return { state: null, reason: 'It is not due yet.' };
  }
  return accountObstacle(facts, now);
}

/** The text that leaves is the text that was approved, for this account, with a consent that still holds. */
function approvalObstacle(
  delivery: Departing,
  { message, messenger }: DepartureFacts,
  now: Date,
): string | null {
  if (!message || !isApproved(message) || message.contentHash !== delivery.contentHash) {
    return 'The approval no longer holds: the message was changed.';
  }
  const variant = message.variants.find(({ _id }) => _id === delivery.variant);
  if (!variant || variant.text !== delivery.text || !variant.accounts.includes(delivery.account)) {
    return 'The text differs from the approved one.';
  }
  if (JSON.stringify(attachedTo(variant)) !== JSON.stringify(attachedTo(delivery))) {
    return 'The thread or its images differ from the approved ones.';
  }
  // Whoever is gone from the library has no consent on record either.
  if (message.messenger && !(messenger && consentCovers(messenger, delivery.network, now))) {
    return "The messenger's consent does not cover this any more.";
  }
  return null;
}

function accountObstacle({ account, home }: DepartureFacts, now: Date): Obstacle | null {
  if (!account || account.home !== home) {
    return { state: null, reason: 'The account belongs to another home, rehearsal or live.' };
  }
  if (account.state !== 'enabled') return { state: null, reason: 'The account is not enabled.' };
  if (account.limitedUntil && account.limitedUntil > now) {
    return {
      state: null,
      reason: `The network takes nothing more until ${account.limitedUntil.toISOString()}.`,
    };
  }
  if (!isDisclosed(account)) return { state: null, reason: 'The account is not disclosed.' };
  return null;
}
