import type { Delivery, DeliveryState } from './delivery.ts';
import type { Network } from './network.ts';

/** A variant placed on the calendar. The text is frozen; its deliveries carry it to the accounts. */
export interface Post {
  _id: string;
  campaign: string;
  message: string;
  variant: string;
  network: Network;
  language: string;
  /** The arm of an experiment that the text is, as it was approved; null or not given for none. */
  arm?: string | null;
  text: string;
  /** The content hash of the approval under which it was placed. */
  contentHash: string;
  accounts: string[];
  /** Wall time as entered, `YYYY-MM-DDTHH:mm`. */
  wallTime: string;
  /** IANA zone of the wall time. */
  timeZone: string;
  /** The instant that wall time and zone name. */
  dueAt: Date;
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export const POST_STATES = [
  'needs-person',
  'publishing',
  'held',
  'scheduled',
  'partly-published',
  'published',
  'failed',
  'withdrawn',
  'cancelled',
] as const;
export type PostState = (typeof POST_STATES)[number];

const DEMANDING: readonly (readonly [PostState, readonly DeliveryState[]])[] = [
  ['needs-person', ['needs-person', 'missed', 'auth-needed']],
  ['publishing', ['claimed', 'sending', 'retry-wait', 'unknown', 'reconciling']],
  ['held', ['held']],
  ['scheduled', ['scheduled']],
];

/**
 * The state of a post as its deliveries have it: what needs somebody comes first, then what is under way,
 * then how it ended. Without deliveries it counts as cancelled.
 */
export function postState(deliveries: readonly Pick<Delivery, 'state'>[]): PostState {
  const states = deliveries.map(({ state }) => state);
  const demanding = DEMANDING.find(([, anyOf]) => states.some((state) => anyOf.includes(state)));
  if (demanding) return demanding[0];
  if (states.includes('published')) {
    return states.every((state) => state === 'published') ? 'published' : 'partly-published';
  }
  if (states.includes('failed')) return 'failed';
  return states.includes('withdrawn') ? 'withdrawn' : 'cancelled';
}
