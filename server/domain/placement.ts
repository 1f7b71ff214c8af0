import { type Account, assertOnNetwork, type Home, isDisclosed } from './account.ts';
import { type AttachmentFacts, type CheckOf, imageChecks } from './attachment-checks.ts';
import { assertOpen, type Campaign } from './campaign.ts';
import { assertNotBeingWithdrawn } from './campaign-withdrawal.ts';
import { assertStillAssessed } from './circumstances.ts';
import { textsOf } from './delivery.ts';
import { isApproved, type Message, type Variant } from './message.ts';
import { consentCovers, type Messenger } from './messenger.ts';
import { APPROVAL_DAYS, approvalExpiresAt } from './review.ts';
import { RuleViolation } from './rule-violation.ts';
import type { ImageLimits } from './server-limits.ts';
import { isSubstantiallySimilar, normaliseText } from './similarity.ts';
import { wholeText } from './variant.ts';
import { type VariantCount, whatIsTooLong } from './variant-checks.ts';

/** A text that stands, or stood, on an account of the same network. */
export interface NeighbourText {
  account: string;
  text: string;
  parts?: string[];
  dueAt: Date;
}

const DAY_MS = 24 * 60 * 60_000;

export interface Placement {
  message: Pick<Message, 'state' | 'approval' | 'contentHash' | 'messenger'>;
  variant: Variant;
  /** Whether the decision that approved it is on record, for exactly this content. */
  isOnRecord: boolean;
  /** The assessment of this content, and what it is held against. */
  assessment: Parameters<typeof assertStillAssessed>[1]['assessment'];
  circumstances: string;
  crisisAt: Date | null;
  accounts: readonly Account[];
  campaign: Pick<Campaign, 'state' | 'withdrawal'>;
  /** The one that the message names; null when it names none, or when they are gone. */
  messenger: Pick<Messenger, 'kind' | 'consent'> | null;
  /** What the accounts of the network say around the same time. */
  neighbours: readonly NeighbourText[];
  dueAt: Date;
  now: Date;
  home: Home;
  /** Counts a text as one account's server does; null where this installation has no adapter. */
  count(account: Account, text: string): VariantCount | null;
  /** What one account's server takes of images; null where this installation has no adapter. */
  imageLimits(account: Account): ImageLimits | null;
  assets: AttachmentFacts['assets'];
}

/**
 * Throws the first rule that keeps a variant off the calendar: not approved as it is, approved too long ago or
 * without a record, its harm not assessed since the last crisis or change, campaign closed, time in the past, account not fit, consent not given (the glossary's consent record), or the same text on several
 * accounts of one network (domain rule 5).
 */
export function assertMayPlace(placement: Placement): void {
  const { message, accounts, campaign, dueAt, now } = placement;
  if (!isApproved(message)) {
    throw new RuleViolation('not-approved', 'Only an approved text can be placed on the calendar.');
  }
  assertApprovalHolds(placement);
  assertStillAssessed(message, placement);
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

function assertApprovalHolds({ message: { approval }, isOnRecord, now }: Placement): void {
  if (!isOnRecord) {
    throw new RuleViolation(
      'approval-unrecorded',
      'Nobody’s decision is on record for this approval. Ask for review again.',
    );
  }
  if (approval === null || now < approvalExpiresAt(approval)) return;
  throw new RuleViolation(
    'approval-expired',
    'This approval is too old for a new post. Ask for review again.',
    { values: { days: APPROVAL_DAYS } },
  );
}

/** Throws `time-in-past`; a minute that has begun but not ended still counts as now. */
export function assertNotPast(dueAt: Date, now: Date): void {
  if (dueAt.getTime() > now.getTime() - 60_000) return;
  throw new RuleViolation('time-in-past', 'This time is over. Choose a later one.', { field: 'wallTime' });
}

function assertAccountFits(account: Account, placement: Placement): void {
  const { variant, home } = placement;
  const refuse = (rule: string, sentence: string) => {
    throw new RuleViolation(rule, sentence, { field: 'accounts', values: { account: account.handle } });
  };
  assertOnNetwork(account, variant.network, 'accounts');
  if (!variant.accounts.includes(account._id)) {
    refuse('account-not-approved', 'This text was not approved for this account.');
  }
  if (account.home !== home) refuse('account-other-home', 'Rehearsal and live accounts never mix.');
  if (account.state !== 'enabled') refuse('account-not-enabled', 'This account is not enabled.');
  if (!isDisclosed(account)) refuse('account-not-disclosed', 'This account is not disclosed yet.');
  assertServerTakes(account, placement);
}

/** Servers of one network differ, and what an account's own server takes is known for certain only here. */
function assertServerTakes(account: Account, { variant, count, imageLimits, assets }: Placement): void {
  for (const text of textsOf(variant)) {
    const counted = count(account, text);
    if (!counted || counted.isWithin) continue;
    const { rule, values } = whatIsTooLong(counted);
    throw new RuleViolation(rule, 'This text is longer than the account’s server allows.', {
      field: 'accounts',
      values,
    });
  }
  const of: CheckOf = (rule, outcome, values = {}) => ({ rule, outcome, values, variant: variant._id });
  const facts = { imageLimits: () => imageLimits(account), assets };
  const stop = imageChecks(variant, textsOf(variant), facts, of).find(({ outcome }) => outcome === 'stop');
  if (!stop) return;
  throw new RuleViolation(stop.rule, 'The account’s server does not take these images.', {
    field: 'accounts',
    values: stop.values ?? {},
  });
}

function assertConsent({ message, messenger, variant, dueAt }: Placement): void {
  if (!message.messenger || (messenger && consentCovers(messenger, variant.network, dueAt))) return;
  throw new RuleViolation('consent-does-not-cover', 'The messenger has not agreed to this network and time.');
}

function assertNotRepeated({ accounts, variant, neighbours }: Placement): void {
  const ids = accounts.map(({ _id }) => _id);
  const isRepeated =
    ids.length > 1 ||
    neighbours.some(
      (neighbour) =>
        !ids.includes(neighbour.account) && isSubstantiallySimilar(wholeText(neighbour), wholeText(variant)),
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
  variant: Pick<Variant, 'text' | 'parts'>;
};

/** Throws `already-placed`: a form that is sent twice, or a text that is placed twice, must not be seen twice. */
export function assertNotTwice({ accounts, variant, neighbours, dueAt }: Repeatable): void {
  const ids = accounts.map(({ _id }) => _id);
  const isTwice = neighbours.some(
    (neighbour) =>
      ids.includes(neighbour.account) &&
      normaliseText(wholeText(neighbour)) === normaliseText(wholeText(variant)) &&
      Math.abs(neighbour.dueAt.getTime() - dueAt.getTime()) < DAY_MS,
  );
  if (!isTwice) return;
  throw new RuleViolation('already-placed', 'This text is already placed on this account within a day.', {
    field: 'accounts',
  });
}
