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
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}
