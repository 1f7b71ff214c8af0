import type { MessageType } from './message.ts';
import { RuleViolation } from './rule-violation.ts';
import { searchTerms } from './search-terms.ts';
import { specialCategoriesIn } from './special-category.ts';

export const AUDIENCE_ROLES = [
  'youth',
  'at-risk',
  'sympathisers',
  'members',
  'influencers',
  'bystanders',
  'affected-community',
] as const;
export type AudienceRole = (typeof AUDIENCE_ROLES)[number];

export const PREVENTION_TIERS = ['primary', 'secondary', 'tertiary'] as const;
export type PreventionTier = (typeof PREVENTION_TIERS)[number];

/** The closed vocabulary of targeting: a group is described, people are never listed. */
export interface Targeting {
  /** ISO 3166-1 alpha-2 codes. */
  countries: string[];
  /** BCP 47 tags. */
  languages: string[];
  /** Years; never under 18. */
  ageFrom: number;
  /** Years; null is open-ended. */
  ageTo: number | null;
  /** Contextual topics or keywords. */
  topics: string[];
}

/** An audience segment: the description of a group. */
export interface AudienceSegment {
  _id: string;
  name: string;
  description: string;
  role: AudienceRole;
  tier: PreventionTier;
  targeting: Targeting;
  /** A fictional typical member, in words. */
  persona: string;
  tags: string[];
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

type Found = Pick<AudienceSegment, 'name' | 'description' | 'persona' | 'targeting' | 'tags'>;

/** The words a segment is found by. */
export function segmentTerms({ name, description, persona, targeting, tags }: Found): string[] {
  return searchTerms([name, description, persona, ...targeting.topics, ...tags].join('\n'));
}

const ADULT_AGE = 18;

/**
 * Throws when targeting leaves the closed vocabulary: `targeting-from-eighteen` (DSA 28(2)) or
 * `special-category-targeting` (DSA 26(3), GDPR 9; domain rule 1).
 */
export function assertTargeting({ ageFrom, topics }: Targeting): void {
  if (!(ageFrom >= ADULT_AGE)) {
    throw new RuleViolation(
      'targeting-from-eighteen',
      'Targeting starts at 18 (DSA 28(2)). To reach minors, work with schools, parents and youth workers instead.',
      { field: 'targeting.ageFrom' },
    );
  }
  for (const topic of topics) {
    const [category] = specialCategoriesIn(topic);
    if (!category) continue;
    throw new RuleViolation(
      'special-category-targeting',
      `“${topic}” targets people by a special category (${category}; DSA 26(3), GDPR 9). Name what they read or look for instead, such as “travel to Syria” or “helpline for parents”.`,
      { field: 'targeting.topics', values: { topic, category } },
    );
  }
}

/**
 * Throws `tertiary-signposting-only`: people who are already involved are pointed to help and nothing else.
 * Source: prevention tiers of the glossary (tertiary: signposting only).
 */
export function assertFitsTier(tier: PreventionTier, type: MessageType): void {
  if (fitsTier(tier, type)) return;
  throw new RuleViolation(
    'tertiary-signposting-only',
    'A tertiary segment is only pointed to help. Make this a help offer, or choose another segment.',
    { field: 'type' },
  );
}

export function fitsTier(tier: PreventionTier, type: MessageType): boolean {
  return tier !== 'tertiary' || type === 'help-offer';
}

/** Whether two descriptions mean the same group of people; name, wording and persona may differ. */
export function isSameGroup(a: Group, b: Group): boolean {
  return JSON.stringify(groupOf(a)) === JSON.stringify(groupOf(b));
}

/** What makes a segment the group it is, in one order. */
export function groupOf({ role, tier, targeting }: Group): unknown[] {
  const { countries, languages, ageFrom, ageTo, topics } = targeting;
  return [role, tier, [...countries].sort(), [...languages].sort(), ageFrom, ageTo, [...topics].sort()];
}

export type Group = Pick<AudienceSegment, 'role' | 'tier' | 'targeting'>;
