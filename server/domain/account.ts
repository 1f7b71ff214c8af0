import type { Network } from './network.ts';

export const ACCOUNT_STATES = ['enabled', 'paused', 'auth-needed', 'disconnected'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Where an account lives: on the stand-in networks of this machine, or on the real network. They never mix. */
export const HOMES = ['rehearsal', 'live'] as const;
export type Home = (typeof HOMES)[number];

/** Checked by a person, dated, before an account may publish (domain rule 3). */
export interface Disclosure {
  operatorInProfile: boolean;
  automatedLabel: boolean;
  ownerNamed: boolean;
  checkedBy: string | null;
  checkedAt: Date | null;
}

/** A social account owned and disclosed by the organisation. */
export interface Account {
  _id: string;
  network: Network;
  home: Home;
  /** Without the leading @. */
  handle: string;
  displayName: string;
  /** The network's own id of the account. */
  remoteId: string;
  /** IANA name; post times are entered in it. */
  timeZone: string;
  state: AccountState;
  /** Why it is not enabled, in words; empty when it is. */
  stateReason: string;
  disclosure: Disclosure;
  /** Smallest gap between two posts, in minutes. */
  gapMinutes: number;
  /** Local hours [from, to) in which nothing is scheduled; equal values mean none. */
  quietFromHour: number;
  quietToHour: number;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Whether the disclosure has been checked whole, so that the account may publish (domain rule 3). */
export function isDisclosed({ disclosure }: Pick<Account, 'disclosure'>): boolean {
  const { operatorInProfile, automatedLabel, ownerNamed, checkedAt } = disclosure;
  return operatorInProfile && automatedLabel && ownerNamed && checkedAt !== null;
}
