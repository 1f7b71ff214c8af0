import { searchTerms } from './search-terms.ts';
import { normaliseText } from './similarity.ts';

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
  /** Groups that the claim attacks, in words. Never used for targeting. */
  targets: string[];
  tags: string[];
  /** SHA-256, in hex, of narrativeIdentity: an import finds by it what is there already. */
  identity: string;
  /** Its words as the search finds them. */
  terms: string[];
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** The claim as texts are compared: two narratives with one identity are the same claim. */
export function narrativeIdentity({ claim }: Pick<Narrative, 'claim'>): string {
  return normaliseText(claim);
}

type Found = Pick<Narrative, 'claim' | 'circulation' | 'grievance' | 'targets' | 'tags'>;

/** The words a narrative is found by. */
export function narrativeTerms({ claim, circulation, grievance, targets, tags }: Found): string[] {
  return searchTerms([claim, circulation, grievance, ...targets, ...tags].join('\n'));
}

/** Whole addresses, and bare hosts that a phone would turn into a link (`t.me/group`). E-mail domains are left alone. */
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]*:\/\/)?(?<![@\w.-])(?:[\p{L}\p{N}-]+\.)+\p{Ll}{2,24}(?![\w.-]*@)(?:[/:?#]\S*)?/giu;

/**
 * Takes the life out of every address, so that nobody follows or forwards it by accident: no scheme, and dots
 * written as `[.]`. Says how many addresses were rewritten. Source: domain rule, "where it circulates (never a
 * clickable link)"; the spelling is the one that incident responders use.
 */
export function neutraliseAddresses(text: string): { text: string; rewritten: number } {
  let rewritten = 0;
  const neutral = text.replace(ADDRESS, (address) => {
    rewritten += 1;
    return address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replaceAll('.', '[.]');
  });
  return { text: neutral, rewritten };
}

type HarmfulTexts = Pick<Narrative, 'claim' | 'circulation' | 'grievance'>;

/** The texts of a narrative with every address neutralised, and how many addresses were rewritten. */
export function neutralised({
  claim,
  circulation,
  grievance,
}: HarmfulTexts): HarmfulTexts & { rewritten: number } {
  const texts = [claim, circulation, grievance].map(neutraliseAddresses);
  const [safeClaim, safeCirculation, safeGrievance] = texts.map(({ text }) => text) as [
    string,
    string,
    string,
  ];
  return {
    claim: safeClaim,
    circulation: safeCirculation,
    grievance: safeGrievance,
    rewritten: texts.reduce((sum, { rewritten }) => sum + rewritten, 0),
  };
}
