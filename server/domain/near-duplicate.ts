import { letterTriples } from './similarity.ts';

const BANDS = 16;
const ROWS = 4;
const BITS_OF_MARK = 27;

/**
 * Marks by which near-duplicates meet: MinHash over the letter triples of a text, cut into 16 bands of 4 rows
 * (Broder 1997; Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, ch. 3). Two texts at the limit of
 * substantial similarity (Dice .8, which is Jaccard .667) share a mark in 97 of 100 cases, the same text always,
 * unrelated ones rarely; so whoever shares one is compared exactly afterwards. Whole numbers of 31 bits, the band in
 * the highest four, because numbers are what a database reads fastest. None for a text without letters.
 */
export function bandsOf(text: string): number[] {
  const triples = letterTriples(text);
  if (triples.size === 0) return [];
  const lowest = new Uint32Array(BANDS * ROWS).fill(0xffffffff);
  for (const triple of triples) {
    const hash = hashOf(triple);
    for (let row = 0; row < lowest.length; row += 1) {
      const mixed = mix(hash ^ Math.imul(row + 1, 0x9e3779b1));
      if (mixed < (lowest[row] ?? 0)) lowest[row] = mixed;
    }
  }
  return Array.from({ length: BANDS }, (_, band) => {
    const rows = lowest.subarray(band * ROWS, (band + 1) * ROWS);
    const mark = rows.reduce((hash, row) => mix(Math.imul(hash, 31) ^ row), 0x811c9dc5);
    return band * 2 ** BITS_OF_MARK + (mark >>> (32 - BITS_OF_MARK));
  });
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The last step of MurmurHash3: every bit depends on every other. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
