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

/** One try to send a delivery. The record is acknowledged by the database before anything leaves. */
export interface Attempt {
  number: number;
  fencingToken: number;
  incarnation: string;
  startedAt: Date;
  endedAt: Date | null;
  /** Name of the outcome; null while it is on its way or when its sender died. */
  outcome: string | null;
  /** What the network said, in words; never a token. */
  detail: string;
}

/** One look at the network for a delivery whose outcome is unclear. */
export interface ReadBack {
  at: Date;
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
  text: string;
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
  incarnation: string | null;
  leaseUntil: Date | null;
  attempts: Attempt[];
  readBacks: ReadBack[];
  remoteId: string | null;
  remoteUrl: string | null;
  publishedAt: Date | null;
  /** Why it waits, failed or needs somebody, in words; empty otherwise. */
  problem: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}
