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
  /** Its letter triples as numbers, each once, in ascending order. */
  triples: Float64Array;
}

export function comparedText(text: string): ComparedText {
  const normal = normaliseText(text);
  const padded = ` ${normal} `;
  const codes = new Float64Array(Math.max(0, padded.length - 2));
  for (let start = 0; start < codes.length; start += 1) {
    // Three units of 16 bits are below 2^53, so that every triple has a number of its own.
    codes[start] =
      padded.charCodeAt(start) * 2 ** 32 +
      padded.charCodeAt(start + 1) * 2 ** 16 +
      padded.charCodeAt(start + 2);
  }
  codes.sort();
  return { normal, triples: codes.filter((code, place) => code !== codes[place - 1]) };
}

/** Sørensen–Dice coefficient of the letter triples of two texts, from 0 (nothing in common) to 1 (the same). */
export function shareOfTriples(one: ComparedText, other: ComparedText): number {
  if (one.normal === other.normal) return 1;
  const [ours, theirs] = [one.triples, other.triples];
  if (ours.length === 0 || theirs.length === 0) return 0;
  let [common, at] = [0, 0];
  for (const triple of ours) {
    while (at < theirs.length && (theirs[at] as number) < triple) at += 1;
    if (theirs[at] === triple) common += 1;
  }
  return (2 * common) / (ours.length + theirs.length);
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
  const padded = ` ${normaliseText(text)} `;
  const found = new Set<string>();
  for (let start = 0; start + 3 <= padded.length; start += 1) found.add(padded.slice(start, start + 3));
  return found;
}
