import type { Account } from './account.ts';
import { assertOwnArms } from './arm.ts';
import { assertFitsTier, type PreventionTier } from './audience.ts';
import type { CampaignState } from './campaign.ts';
import { assertOpen } from './campaign.ts';
import { approvalSubject, type Message, type MessageContent } from './message.ts';
import { approvalExpiresAt } from './review.ts';
import { RuleViolation } from './rule-violation.ts';
import { assertDifferentTexts, assertNoStrangers, assertOwnNetwork } from './variant.ts';

export interface DraftFacts {
  campaign: { state: CampaignState };
  /** Tier of the chosen segment; null while none is chosen. */
  tier: PreventionTier | null;
  /** Handles of the organisation's own accounts, without the @. */
  ownHandles: readonly string[];
  accounts: readonly Pick<Account, '_id' | 'handle' | 'network'>[];
}

/**
 * Throws when a draft breaks a rule already while it is being written: `campaign-closed`,
 * `tertiary-signposting-only`, `unsolicited-mention`, `account-other-network`, `same-text-two-accounts` or `arm-taken`.
 */
export function assertDraft(content: MessageContent, facts: DraftFacts): void {
  assertOpen(facts.campaign);
  if (facts.tier) assertFitsTier(facts.tier, content.type);
  assertNoStrangers(content.variants, facts.ownHandles);
  assertOwnNetwork(content.variants, facts.accounts);
  assertDifferentTexts(content.variants);
  assertOwnArms(content.variants);
}

/** Throws `edit-in-review` while reviewers read it and `edit-rejected` once they said no. */
export function assertMayEdit({ state }: Pick<Message, 'state'>): void {
  if (state === 'in-review') {
    throw new RuleViolation(
      'edit-in-review',
      'This message is in review, and reviewers must see one exact text. Withdraw it from review, then edit.',
    );
  }
  if (state === 'rejected') {
    throw new RuleViolation(
      'edit-rejected',
      'This message was rejected and stays as it was. Draft a new message that meets the reason given.',
    );
  }
}

export type Revision = Pick<Message, 'state' | 'approval' | 'standing' | 'writers'> & {
  isChanged: boolean;
  /** True when an approval was taken away by this edit. */
  isVoided: boolean;
};

/**
 * What an edit does to a message: the editor becomes a writer, and an approval ends with the text it spoke of
 * (domain rule 7). Saving the same content again changes nothing.
 */
export function revision(message: Message, next: MessageContent, editor: string): Revision {
  const { state, approval, standing, writers } = message;
  const isChanged = approvalSubject(message) !== approvalSubject(next);
  if (!isChanged) return { state, approval, standing, writers, isChanged, isVoided: false };
  return {
    state: state === 'approved' ? 'draft' : state,
    approval: null,
    standing: [],
    writers: writers.includes(editor) ? writers : [...writers, editor],
    isChanged,
    isVoided: approval !== null,
  };
}

/** Throws `not-a-draft` unless the message is a draft, was returned, or was approved too long ago. */
export function assertMayAskForReview(
  { state, approval }: Pick<Message, 'state' | 'approval'>,
  now: Date,
): void {
  if (state === 'draft' || state === 'returned') return;
  if (state === 'approved' && approval && now >= approvalExpiresAt(approval)) return;
  throw new RuleViolation('not-a-draft', 'Only a draft or a returned message can be sent to review.');
}

/** Throws `not-in-review` unless reviewers have it. */
export function assertMayWithdraw({ state }: Pick<Message, 'state'>): void {
  if (state === 'in-review') return;
  throw new RuleViolation('not-in-review', 'This message is not in review, so there is nothing to withdraw.');
}
