import type { Origin, Strategy, Tone } from './message.ts';
import { RuleViolation } from './rule-violation.ts';
import { searchTerms } from './search-terms.ts';
import { normaliseText } from './similarity.ts';

/** Usable as a starting point for a message, or refused: hostile and shaming answers are kept to learn from only. */
export const ANSWER_STANDINGS = ['usable', 'refused'] as const;
export type AnswerStanding = (typeof ANSWER_STANDINGS)[number];

/** Why an answer is kept to learn from only. The first two are the tones that are refused everywhere. */
export const ANSWER_REFUSALS = ['hostile', 'shaming', 'untrue', 'exposes-people'] as const;
type AnswerRefusal = (typeof ANSWER_REFUSALS)[number];

/** Where an answer comes from. Nothing about the person who wrote it. */
interface AnswerSource {
  /** Name of the collection (`CONAN`), or what the person who entered it wrote. */
  collection: string;
  /** The collection's own key of this answer; empty when it has none. */
  key: string;
  /** The knowledge or reference that the answer rests on; empty when none is named. */
  knowledge: string;
}

/** Place of an answer in a conversation. */
interface AnswerTurn {
  dialogue: string;
  /** Counts from 0. */
  turn: number;
}

/** A text that answers a harmful narrative: what the library offers as a starting point. It is never scheduled itself. */
export interface Answer {
  _id: string;
  text: string;
  /** BCP 47 tag. */
  language: string;
  /** Id of the harmful narrative that it answers; null for one that answers none in particular. */
  narrative: string | null;
  strategies: Strategy[];
  tone: Tone | null;
  standing: AnswerStanding;
  /** Why it is refused; null for a usable one, and where a collection says only that it is hostile. */
  refusal: AnswerRefusal | null;
  source: AnswerSource;
  /** Null unless it was said in a conversation. */
  said: AnswerTurn | null;
  tags: string[];
  /** SHA-256, in hex, of answerIdentity: what makes it this entry and no other, so that an import that runs twice changes nothing. */
  identity: string;
  /** Its words as the search finds them. */
  terms: string[];
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Throws `refusal-needs-reason`: whoever reads a refused answer later has to learn what was wrong with it. */
export function assertStandingExplained({ standing, refusal }: Pick<Answer, 'standing' | 'refusal'>): void {
  if (standing === 'usable' || refusal !== null) return;
  throw new RuleViolation(
    'refusal-needs-reason',
    'Say why this answer is refused, so that others learn from it.',
    {
      field: 'refusal',
    },
  );
}

/** Throws `answer-refused`: hostile, shaming, untrue and exposing texts begin no message (glossary: tone). */
export function assertStartingPoint({ standing }: Pick<Answer, 'standing'>): void {
  if (standing === 'usable') return;
  throw new RuleViolation(
    'answer-refused',
    'This answer is refused and kept to learn from only: hostile and shaming texts push people away. Begin from another one.',
  );
}

/** Where a text comes from that begins with this answer, as its tags say (MISP information-origin; domain rule 4). */
export function originOf({ tags }: Pick<Answer, 'tags'>): Origin {
  if (tags.includes('information-origin:AI-generated')) return 'ai-assisted';
  return tags.includes('information-origin:uncertain') ? 'uncertain' : 'human';
}

type Identified = Pick<Answer, 'text' | 'language' | 'narrative'> & {
  source: Pick<AnswerSource, 'collection' | 'key'>;
};

/** The collection's own key where there is one, else the text as it is compared together with what it answers. */
export function answerIdentity({ text, language, narrative, source }: Identified): string {
  if (source.key) return JSON.stringify([source.collection, source.key]);
  return JSON.stringify([source.collection, language, narrative, normaliseText(text)]);
}

/** The words an answer is found by: its own, its tags' and its source's. */
export function answerTerms({ text, tags, source }: Pick<Answer, 'text' | 'tags' | 'source'>): string[] {
  return searchTerms([text, ...tags, source.collection, source.knowledge].join('\n'));
}
