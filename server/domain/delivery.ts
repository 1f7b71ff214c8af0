import type { VariantImage } from './message.ts';
import type { Network } from './network.ts';

export const DELIVERY_STATES = [
  'held',
  'scheduled',
  'claimed',
  'sending',
  'retry-wait',
  'auth-needed',
  'unknown',
  'reconciling',
  'needs-person',
  'missed',
  'published',
  'failed',
  'cancelled',
  'withdrawn',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * The life of a delivery; everything else asks this table. A state that leads to itself is entered anew:
 * a moved delivery stays scheduled, a second look stays reconciling, a failed withdrawal stays published, a claim
 * stays while it prepares. What was given up is published after all when the network accepted an earlier try of it,
 * and goes before a person when such a try ends late and nobody knows how.
 * A thread is claimed again after each part that was accepted, for the next one.
 */
const TRANSITIONS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  held: ['held', 'scheduled', 'cancelled', 'published'],
  scheduled: ['scheduled', 'held', 'claimed', 'missed', 'cancelled', 'published'],
  claimed: [
    'claimed',
    'scheduled',
    'retry-wait',
    'held',
    'missed',
    'auth-needed',
    'sending',
    'published',
    'claimed',
    'failed',
  ],
  sending: ['published', 'claimed', 'retry-wait', 'failed', 'auth-needed', 'unknown'],
  'retry-wait': ['retry-wait', 'claimed', 'held', 'missed', 'cancelled', 'published'],
  'auth-needed': ['scheduled', 'held', 'missed', 'cancelled', 'published'],
  unknown: ['reconciling', 'needs-person', 'published'],
  reconciling: ['reconciling', 'retry-wait', 'needs-person', 'published'],
  'needs-person': ['retry-wait', 'cancelled', 'published'],
  missed: ['scheduled', 'held', 'cancelled', 'published'],
  published: ['published', 'withdrawn'],
  failed: ['published', 'needs-person'],
  cancelled: ['published', 'needs-person'],
  withdrawn: [],
};

/** Whether the table knows a way from one state to the other. */
export function mayBecome(from: DeliveryState, to: DeliveryState): boolean {
  return TRANSITIONS[from].includes(to);
}

/**
 * States in which nothing more will happen by itself; only a withdrawal, or a try that ends late, leads from one of
 * them to another.
 */
export const FINAL_STATES = ['published', 'failed', 'cancelled', 'withdrawn'] as const;
/** States in which a person has to decide, and nothing happens until then. */
export const PERSON_STATES = ['held', 'missed', 'auth-needed', 'needs-person'] as const;
/** States from which a delivery is sent when its time has come. */
export const SENDABLE_STATES = ['scheduled', 'retry-wait'] as const;
/** The same, and claimed ones: nothing of them is on its way before their intent is on record. */
export const WAITING_STATES = [...SENDABLE_STATES, 'claimed'] as const;
/** States in which somebody has to look at the network when the time has come. */
export const UNCLEAR_STATES = ['unknown', 'reconciling'] as const;
/** States in which nobody knows yet whether the network shows it. */
export const MAYBE_LIVE_STATES = ['sending', 'unknown', 'reconciling', 'needs-person'] as const;
/** States that a person may still cancel from the calendar: certainly nothing is on its way. */
export const CANCELLABLE_STATES = ['held', 'scheduled', 'retry-wait', 'auth-needed', 'missed'] as const;
/** States in which the software or a person had given a delivery up. */
export const GIVEN_UP_STATES = ['failed', 'cancelled'] as const;
/** States in which a late acceptance still settles the delivery, whatever the fencing token says by then. */
export const ACCEPTING_STATES = DELIVERY_STATES.filter(
  (state) =>
    mayBecome(state, 'published') &&
    state !== 'published' &&
    !(GIVEN_UP_STATES as readonly DeliveryState[]).includes(state),
);

export function isFinal(state: DeliveryState): boolean {
  return (FINAL_STATES as readonly DeliveryState[]).includes(state);
}

/** One try to send a delivery, or to delete it. Acknowledged by the database before anything leaves. */
export interface Attempt {
  number: number;
  kind: 'publication' | 'withdrawal';
  fencingToken: number;
  incarnation: string;
  startedAt: Date;
  /** Which part of a thread, from 0; not given on old records, which had only one. */
  step?: number;
  /** Written by the sender itself and nobody else; null while it is on its way or when its sender died. */
  endedAt: Date | null;
  /** Name of the outcome; null while it is on its way or when its sender died. */
  outcome: string | null;
  /** What the network said, in words; never a token. */
  detail: string;
}

/** One part of a thread that a network has accepted. */
export interface SentPart {
  remoteId: string;
  remoteUrl: string | null;
  at: Date;
}

/** One look at the network for a delivery whose outcome is unclear. */
export interface ReadBack {
  at: Date;
  /** Number of the attempt that it looked for; not given on old records. */
  attempt?: number;
  result: 'found' | 'absent' | 'failed';
  detail: string;
}

/** One post on one account: the truth about whether it went out. */
export interface Delivery {
  _id: string;
  post: string;
  campaign: string;
  message: string;
  variant: string;
  account: string;
  network: Network;
  language: string;
  /** The arm of an experiment that the text is: see Post. */
  arm?: string | null;
  text: string;
  /** The texts that continue it as a thread. */
  parts?: string[];
  images?: VariantImage[];
  /** Parts that a network has accepted, in order: the next one to send has this list's length as its number. */
  sent?: SentPart[];
  /** What the adapter prepared for the part that is next; on record before it is sent. */
  prepared?: string | null;
  /** When the network forgets what was prepared; null: never, or nothing is prepared. */
  preparedUntil?: Date | null;
  contentHash: string;
  /** 0 to 15, from the account's id. */
  lane: number;
  state: DeliveryState;
  /** Grows with every change that a person makes; part of every compare-and-set. */
  rev: number;
  dueAt: Date;
  /** When it next needs the software: due time, retry time, end of lease or next look. null: never or a person's turn. */
  nextAt: Date | null;
  /** Grows with every claim. */
  fencingToken: number;
  /** Of the one that claimed it last. */
  incarnation: string | null;
  leaseUntil: Date | null;
  /** The claim that took it, so that a batch of claims can be read back. */
  claim: string | null;
  attempts: Attempt[];
  readBacks: ReadBack[];
  remoteId: string | null;
  remoteUrl: string | null;
  publishedAt: Date | null;
  /** When measuring found that the network does not show it any more; null: not that we know. */
  goneAt: Date | null;
  /** Why it waits, failed or needs somebody, in words; empty otherwise. */
  problem: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Number of the part that is sent next, from 0. */
export function stepOf({ sent = [] }: Pick<Delivery, 'sent'>): number {
  return sent.length;
}

/** Every text of a delivery in order: one, or a thread. */
export function textsOf({ text, parts = [] }: Pick<Delivery, 'text' | 'parts'>): string[] {
  return [text, ...parts];
}

/** Whether the part that is next is the last one. */
export function isLastStep(delivery: Pick<Delivery, 'text' | 'parts' | 'sent'>): boolean {
  return stepOf(delivery) >= textsOf(delivery).length - 1;
}

/** Some of a thread is on the network, and the rest is not. */
export function isBegun({ sent = [] }: Pick<Delivery, 'sent'>): boolean {
  return sent.length > 0;
}

/** Whether the last thing done was asking the network to delete it, with no answer on record. */
export function isBeingWithdrawn({ attempts }: Pick<Delivery, 'attempts'>): boolean {
  const last = attempts.at(-1);
  return last?.kind === 'withdrawal' && last.endedAt === null;
}

/** The same for every attempt to send this part, and unlike any other. */
export function deliveryKeyOf(delivery: Pick<Delivery, '_id' | 'sent'>): string {
  const step = stepOf(delivery);
  return step === 0 ? delivery._id : `${delivery._id}-${step}`;
}

/** What a network shows of it: all of it that has to be deleted, the last first. */
export function remoteIdsOf({ sent = [], remoteId }: Pick<Delivery, 'sent' | 'remoteId'>): string[] {
  const ids = sent.map((part) => part.remoteId);
  if (remoteId && !ids.includes(remoteId)) ids.unshift(remoteId);
  return ids.reverse();
}
