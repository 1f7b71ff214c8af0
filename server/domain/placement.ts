import { type Account, type Home, isDisclosed } from './account.ts';
import { assertOpen, type Campaign } from './campaign.ts';
import { assertNotBeingWithdrawn } from './campaign-withdrawal.ts';
import { isApproved, type Message, type Variant } from './message.ts';
import { consentCovers, type Messenger } from './messenger.ts';
import { approvalExpiresAt } from './review.ts';
import { RuleViolation } from './rule-violation.ts';
import { isSubstantiallySimilar, normaliseText } from './similarity.ts';
import { type VariantCount, whatIsTooLong } from './variant-checks.ts';

/** A text that stands, or stood, on an account of the same network. */
interface NeighbourText {
  account: string;
  text: string;
  dueAt: Date;
}

const DAY_MS = 24 * 60 * 60_000;

export interface Placement {
  message: Pick<Message, 'state' | 'approval' | 'contentHash'>;
  variant: Pick<Variant, 'network' | 'text' | 'accounts'>;
  accounts: readonly Account[];
  campaign: Pick<Campaign, 'state' | 'withdrawal'>;
  messenger: Pick<Messenger, 'kind' | 'consent'> | null;
  /** What the accounts of the network say around the same time. */
  neighbours: readonly NeighbourText[];
  dueAt: Date;
  now: Date;
  home: Home;
  /** Counts the text as one account's server does; null where this installation has no adapter. */
  count(account: Account): VariantCount | null;
}

/**
 * Throws the first rule that keeps a variant off the calendar: not approved as it is, approved too long ago, campaign closed, time in
 * the past, account not fit, consent not given (the glossary's consent record), or the same text on several
 * accounts of one network (domain rule 5).
 */
export function assertMayPlace(placement: Placement): void {
  const { message, accounts, campaign, dueAt, now } = placement;
  if (!isApproved(message)) {
    throw new RuleViolation('not-approved', 'Only an approved text can be placed on the calendar.');
  }
  assertApprovalHolds(message, now);
  assertOpen(campaign);
  assertNotBeingWithdrawn(campaign);
  assertNotPast(dueAt, now);
  if (accounts.length === 0) {
    throw new RuleViolation('account-needed', 'Choose an account.', { field: 'accounts' });
  }
  for (const account of accounts) assertAccountFits(account, placement);
  assertConsent(placement);
  assertNotRepeated(placement);
  assertNotTwice(placement);
}

function assertApprovalHolds({ approval }: Pick<Message, 'approval'>, now: Date): void {
  if (approval === null || now < approvalExpiresAt(approval)) return;
  throw new RuleViolation(
    'approval-expired',
    'This approval is too old for a new post. Ask for review again.',
  );
}

/** Throws `time-in-past`; a minute that has begun but not ended still counts as now. */
export function assertNotPast(dueAt: Date, now: Date): void {
  if (dueAt.getTime() > now.getTime() - 60_000) return;
  throw new RuleViolation('time-in-past', 'This time is over. Choose a later one.', { field: 'wallTime' });
}

function assertAccountFits(account: Account, { variant, home, count }: Placement): void {
  const refuse = (rule: string, sentence: string) => {
    throw new RuleViolation(rule, sentence, { field: 'accounts', values: { account: account.handle } });
  };
  if (account.network !== variant.network) {
    refuse('account-other-network', 'This text was written for another network.');
  }
  if (!variant.accounts.includes(account._id)) {
    refuse('account-not-approved', 'This text was not approved for this account.');
  }
  if (account.home !== home) refuse('account-other-home', 'Rehearsal and live accounts never mix.');
  if (account.state !== 'enabled') refuse('account-not-enabled', 'This account is not enabled.');
  if (!isDisclosed(account)) refuse('account-not-disclosed', 'This account is not disclosed yet.');
  const counted = count(account);
  if (!counted || counted.isWithin) return;
  const { rule, values } = whatIsTooLong(counted);
  throw new RuleViolation(rule, 'This text is longer than the account’s server allows.', {
    field: 'accounts',
    values,
  });
}

function assertConsent({ messenger, variant, dueAt }: Placement): void {
  if (messenger === null || consentCovers(messenger, variant.network, dueAt)) return;
  throw new RuleViolation('consent-does-not-cover', 'The messenger has not agreed to this network and time.');
}

function assertNotRepeated({ accounts, variant, neighbours }: Placement): void {
  const ids = accounts.map(({ _id }) => _id);
  const isRepeated =
    ids.length > 1 ||
    neighbours.some(
      ({ account, text }) => !ids.includes(account) && isSubstantiallySimilar(text, variant.text),
    );
  if (!isRepeated) return;
  throw new RuleViolation(
    'text-on-several-accounts',
    'The same or a very similar text may stand on one account of a network only.',
    { field: 'accounts' },
  );
}

type Repeatable = Pick<Placement, 'neighbours' | 'dueAt'> & {
  accounts: readonly Pick<Account, '_id'>[];
  variant: Pick<Variant, 'text'>;
};

/** Throws `already-placed`: a form that is sent twice, or a text that is placed twice, must not be seen twice. */
export function assertNotTwice({ accounts, variant, neighbours, dueAt }: Repeatable): void {
  const ids = accounts.map(({ _id }) => _id);
  const isTwice = neighbours.some(
    (neighbour) =>
      ids.includes(neighbour.account) &&
      normaliseText(neighbour.text) === normaliseText(variant.text) &&
      Math.abs(neighbour.dueAt.getTime() - dueAt.getTime()) < DAY_MS,
  );
  if (!isTwice) return;
  throw new RuleViolation('already-placed', 'This text is already placed on this account within a day.', {
    field: 'accounts',
  });
}
