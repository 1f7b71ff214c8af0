import { directionOf, languageTag, linksIn } from './variant.ts';

/** From this value on a text is hard to read for many. Source: Björnsson 1968, where 50 begins "difficult". */
export const HARD_FROM = 50;
/** Longer sentences lose readers in any language; used where the measure by long words does not hold. */
const LONG_SENTENCE_WORDS = 25;
/** Too short to say anything about. */
const FEWEST_WORDS = 12;
const LONG_WORD_LETTERS = 7;

/**
 * How hard a text is to read: the LIX value (words per sentence + 100 × share of words of seven letters or more),
 * for languages in Latin, Cyrillic or Greek script. For others, whose words are built differently, HARD_FROM × words
 * per sentence / 25. null: too short to say. Links, mentions and hashtags do not count.
 * Source: C. H. Björnsson, Läsbarhet (1968).
 */
export function readingLevel(text: string, language: string): number | null {
  const plain = linksIn(text)
    .reduce((rest, link) => rest.replace(link, ' '), text)
    .replace(/[#@][\p{L}\p{N}_]+/gu, ' ');
  const words = plain.match(/[\p{L}\p{M}\p{N}’'-]*[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu) ?? [];
  if (words.length < FEWEST_WORDS) return null;
  const sentences = plain.split(/[.!?؟。…:\n]+/u).filter((sentence) => /\p{L}/u.test(sentence)).length;
  const perSentence = words.length / Math.max(sentences, 1);
  if (!isAlphabetOfLongWords(language)) return Math.round((HARD_FROM * perSentence) / LONG_SENTENCE_WORDS);
  const long = words.filter((word) => [...word.replace(/[^\p{L}]/gu, '')].length >= LONG_WORD_LETTERS);
  return Math.round(perSentence + (100 * long.length) / words.length);
}

function isAlphabetOfLongWords(language: string): boolean {
  const script = new Intl.Locale(languageTag(language) ?? 'und').maximize().script;
  return directionOf(language) === 'ltr' && ['Latn', 'Cyrl', 'Grek', undefined].includes(script);
}
