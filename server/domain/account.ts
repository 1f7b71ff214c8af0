import { wallTimeOf } from './calendar-time.ts';
import { NETWORK_NAMES, type Network } from './network.ts';
import type { Allowance } from './outcome.ts';
import { RuleViolation } from './rule-violation.ts';
import type { ServerLimits } from './server-limits.ts';

export const ACCOUNT_STATES = ['enabled', 'paused', 'auth-needed', 'disconnected'] as const;
type AccountState = (typeof ACCOUNT_STATES)[number];

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
  /** What a person or the network gave as the reason for the state; empty when there is none. */
  stateReason: string;
  /** Its network takes nothing from it before this; not given or null: no limit is known. */
  limitedUntil?: Date | null;
  limitedBy?: Allowance | null;
  /** When it was last asked whose credential this is. */
  testedAt: Date | null;
  /** What the network answered when the last test failed; empty when it went well. */
  testProblem: string;
  disclosure: Disclosure;
  /** What its server allows; not set where all servers of the network are alike. */
  limits?: ServerLimits | null;
  /** Smallest gap between two posts, in minutes. */
  gapMinutes: number;
  /** Local hours [from, to) in which nothing is scheduled; equal values mean none. */
  quietFromHour: number;
  quietToHour: number;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export type AccountPace = Pick<Account, 'timeZone' | 'gapMinutes' | 'quietFromHour' | 'quietToHour'>;

export type AccountHealth =
  | 'healthy'
  | 'not-disclosed'
  | 'paused'
  | 'test-failed'
  | 'auth-needed'
  | 'disconnected';

/** The one word for how an account is; what keeps most from happening comes first. */
export function healthOf(account: Pick<Account, 'state' | 'disclosure' | 'testProblem'>): AccountHealth {
  if (account.state === 'disconnected' || account.state === 'auth-needed') return account.state;
  if (!isDisclosed(account)) return 'not-disclosed';
  if (account.testProblem) return 'test-failed';
  return account.state === 'enabled' ? 'healthy' : 'paused';
}

/** Throws RuleViolation when the account may not publish yet (domain rule 3), or has nothing to publish with. */
export function assertMayEnable(account: Pick<Account, 'state' | 'disclosure' | 'home'>, home: Home): void {
  if (account.home !== home) {
    throw new RuleViolation('account-other-home', 'Rehearsal and live accounts never mix.');
  }
  if (account.state === 'auth-needed' || account.state === 'disconnected') {
    throw new RuleViolation('account-not-connected', 'Connect the account again first.');
  }
  if (!isDisclosed(account)) {
    throw new RuleViolation('account-not-disclosed', 'This account is not disclosed yet.');
  }
}

/** Throws `account-other-network`, at the field, for an account on another network than the text that it is to carry. */
export function assertOnNetwork(
  account: Pick<Account, 'network' | 'handle'>,
  network: Network,
  field: string,
): void {
  if (account.network === network) return;
  const [there, here] = [NETWORK_NAMES[account.network], NETWORK_NAMES[network]];
  const handle = `@${account.handle}`;
  throw new RuleViolation(
    'account-other-network',
    `${handle} is an account on ${there}, and this text is for ${here}.`,
    { field, values: { handle, there, here } },
  );
}

const LONGEST_GAP_MINUTES = 24 * 60;

/** Throws RuleViolation for a gap over a day, an hour that no clock shows or a zone that nobody knows. */
export function assertPace({ timeZone, gapMinutes, quietFromHour, quietToHour }: AccountPace): void {
  wallTimeOf(new Date(0), timeZone);
  if (!Number.isInteger(gapMinutes) || gapMinutes < 0 || gapMinutes > LONGEST_GAP_MINUTES) {
    throw new RuleViolation('gap-out-of-range', 'A gap is between 0 and 1440 minutes.', {
      field: 'gapMinutes',
    });
  }
  for (const [field, hour] of Object.entries({ quietFromHour, quietToHour })) {
    if (Number.isInteger(hour) && hour >= 0 && hour <= 23) continue;
    throw new RuleViolation('hour-out-of-range', 'An hour is between 0 and 23.', { field });
  }
}

/** Whether the disclosure has been checked whole, so that the account may publish (domain rule 3). */
export function isDisclosed({ disclosure }: Pick<Account, 'disclosure'>): boolean {
  const { operatorInProfile, automatedLabel, ownerNamed, checkedAt } = disclosure;
  return operatorInProfile && automatedLabel && ownerNamed && checkedAt !== null;
}
