export const APPEALS = [
  'social',
  'political',
  'religious',
  'economic',
  'moral',
  'adventure',
  'belonging',
] as const;
export type Appeal = (typeof APPEALS)[number];

/** A harmful narrative: a claim that recruiters use, described soberly. It is never scheduled and never a link. */
export interface Narrative {
  _id: string;
  claim: string;
  appeals: Appeal[];
  /** Where it circulates, in words; addresses in it are shown as text only. */
  circulation: string;
  /** 1 (irritating) to 5 (recruits or endangers people directly). */
  severity: number;
  /** The grievance behind the claim, which an answer has to take seriously. */
  grievance: string;
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}
