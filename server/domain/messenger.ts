import type { Network } from './network.ts';
import { RuleViolation } from './rule-violation.ts';
import { searchTerms } from './search-terms.ts';

export const MESSENGER_KINDS = [
  'former',
  'survivor',
  'family',
  'peer',
  'community-leader',
  'practitioner',
  'creator',
  'organisation',
] as const;
export type MessengerKind = (typeof MESSENGER_KINDS)[number];

/** What a messenger agreed to. */
export interface ConsentRecord {
  scope: string;
  networks: Network[];
  givenOn: Date | null;
  expiresOn: Date | null;
  withdrawnAt: Date | null;
}

/** Who speaks. The name is the one shown in public, which may be a pseudonym. */
export interface Messenger {
  _id: string;
  name: string;
  kind: MessengerKind;
  credibility: string;
  safety: string;
  consent: ConsentRecord;
  tags: string[];
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

type Found = Pick<Messenger, 'name' | 'credibility' | 'consent' | 'tags'>;

/** The words a messenger is found by; what was written about their safety is not among them. */
export function messengerTerms({ name, credibility, consent, tags }: Found): string[] {
  return searchTerms([name, credibility, consent.scope, ...tags].join('\n'));
}

const CONSENT_STANDINGS = ['not-given', 'withdrawn', 'expired', 'no-scope', 'valid'] as const;
export type ConsentStanding = (typeof CONSENT_STANDINGS)[number];

/**
 * How a messenger's consent stands at this moment. The organisation needs no consent of its own.
 * Source: the consent record of the glossary (scope, channels, expiry, withdrawal); GDPR 7(3) for withdrawal.
 */
export function consentStanding({ kind, consent }: ConsentHolder, now: Date): ConsentStanding {
  if (consent.withdrawnAt !== null) return 'withdrawn';
  if (kind === 'organisation') return 'valid';
  if (consent.givenOn === null || consent.givenOn > now) return 'not-given';
  if (consent.expiresOn !== null && endOfDay(consent.expiresOn) <= now) return 'expired';
  return consent.scope.trim() === '' ? 'no-scope' : 'valid';
}

/** Whether the messenger agreed to be heard on this network, and still does. */
export function consentCovers(messenger: ConsentHolder, network: Network, now: Date): boolean {
  if (consentStanding(messenger, now) !== 'valid') return false;
  return messenger.kind === 'organisation' || messenger.consent.networks.includes(network);
}

/**
 * Throws `consent-withdrawn`: what somebody took back is not brought back by editing the record.
 * Source: GDPR 7(3); the consent record of the glossary.
 */
export function assertConsentNotWithdrawn({ consent }: Pick<Messenger, 'consent'>): void {
  if (consent.withdrawnAt === null) return;
  throw new RuleViolation(
    'consent-withdrawn',
    'This messenger withdrew consent. If they agree again, record it as a new messenger with a new consent.',
  );
}

type ConsentHolder = Pick<Messenger, 'kind' | 'consent'>;

/** Consent that expires on a day holds until that day is over (UTC). */
function endOfDay(day: Date): Date {
  return new Date(day.getTime() + 24 * 60 * 60_000);
}
