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

/** A text made ready once to be compared with many. */
export interface ComparedText {
  normal: string;
  triples: ReadonlySet<string>;
}

export function comparedText(text: string): ComparedText {
  const normal = normaliseText(text);
  return { normal, triples: triplesOf(normal) };
}

/** Sørensen–Dice coefficient of the letter triples of two texts, from 0 (nothing in common) to 1 (the same). */
export function shareOfTriples(one: ComparedText, other: ComparedText): number {
  if (one.normal === other.normal) return 1;
  if (one.triples.size === 0 || other.triples.size === 0) return 0;
  let common = 0;
  for (const triple of one.triples) if (other.triples.has(triple)) common += 1;
  return (2 * common) / (one.triples.size + other.triples.size);
}

/** The same for texts that are compared once. */
export function similarity(one: string, other: string): number {
  return shareOfTriples(comparedText(one), comparedText(other));
}

export const isSubstantial = (share: number): boolean => share >= SIMILARITY_LIMIT;

export function isSubstantiallySimilar(one: string, other: string): boolean {
  return isSubstantial(similarity(one, other));
}

/** Every three letters in a row of the text as it is compared, with a space around it; none for a text without letters. */
export function letterTriples(text: string): ReadonlySet<string> {
  return triplesOf(normaliseText(text));
}

function triplesOf(normal: string): Set<string> {
  const padded = ` ${normal} `;
  const found = new Set<string>();
  for (let start = 0; start + 3 <= padded.length; start += 1) found.add(padded.slice(start, start + 3));
  return found;
}
