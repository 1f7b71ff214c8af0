/**
 * A pattern for a list of word beginnings, without accents and in lower case; a trailing `=` means the whole word
 * only, a hyphen any space or hyphen. To be tried on plainLetters.
 */
export function stemPattern(stems: string): RegExp {
  const alternatives = stems
    .trim()
    .split(/\s+/)
    .map((stem) => {
      const isWhole = stem.endsWith('=');
      const letters = plainLetters(stem.replace('=', '')).replaceAll('-', '[\\s-]+');
      return isWhole ? `${letters}(?![\\p{L}])` : letters;
    });
  // Arabic writes article, conjunctions and prepositions onto the word.
  return new RegExp(`(?<!\\p{L})(?:[وفبلك]{0,2}(?:ال|لل)?)(?:${alternatives.join('|')})`, 'u');
}

/** Lower case, without accents, vowel signs and stretching, Arabic letters of one sound written alike. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replace(/[إأآٱ]/g, 'ا')
    .replaceAll('ة', 'ه')
    .replaceAll('ى', 'ي');
}
