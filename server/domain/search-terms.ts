const MOST_TERMS = 400;
const LONGEST_TERM = 40;
/** The article with conjunction and preposition before it, where at least three letters of a word follow. */
const ARABIC_ARTICLE = /^[وف]?(?:[بك]?ال|لل)(?=\p{Script=Arabic}{3})/u;
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The words of a text as the library finds them: without case, accents, Arabic vowel signs and stretching, and with
 * the spellings of alef, yeh and teh marbuta that people type for each other made one. Each word once, in order;
 * at most 400 words, each cut to 40 characters. Languages without spaces are cut into words by their dictionary;
 * Arabic words lose the article and what is written onto it, so that “family” is found in “and the family”.
 */
export function searchTerms(text: string): string[] {
  const found = new Set<string>();
  for (const { segment, isWordLike } of words.segment(folded(text))) {
    if (!isWordLike) continue;
    found.add(segment.replace(ARABIC_ARTICLE, '').slice(0, LONGEST_TERM));
    if (found.size === MOST_TERMS) break;
  }
  return [...found];
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[’'`]/g, ' ')
    .toLowerCase();
}
