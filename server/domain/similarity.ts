/** From this share of common letter triples on, two texts count as substantially similar (domain rule 5). */
const SIMILARITY_LIMIT = 0.8;

/**
 * A text as it is compared: case, accents, Arabic vowel signs and stretching, links, hashtags, mentions,
 * punctuation and spacing do not make it a different text.
 */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replace(/https?:\/\/\S+|www\.\S+/g, ' ')
    .replace(/[#@][\p{L}\p{N}_]+/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Sørensen–Dice coefficient of the letter triples of two texts, from 0 (nothing in common) to 1 (the same). */
export function similarity(one: string, other: string): number {
  if (normaliseText(one) === normaliseText(other)) return 1;
  const [triplesOfA, triplesOfB] = [letterTriples(one), letterTriples(other)];
  if (triplesOfA.size === 0 || triplesOfB.size === 0) return 0;
  let common = 0;
  for (const triple of triplesOfA) if (triplesOfB.has(triple)) common += 1;
  return (2 * common) / (triplesOfA.size + triplesOfB.size);
}

export function isSubstantiallySimilar(one: string, other: string): boolean {
  return similarity(one, other) >= SIMILARITY_LIMIT;
}

/** Every three letters in a row of the text as it is compared, with a space around it; none for a text without letters. */
export function letterTriples(text: string): Set<string> {
  const padded = ` ${normaliseText(text)} `;
  const found = new Set<string>();
  for (let start = 0; start + 3 <= padded.length; start += 1) found.add(padded.slice(start, start + 3));
  return found;
}
