import twitterText from 'twitter-text';
import type { TextCount } from '../platform.ts';

export const TEXT_LIMIT = 280;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const wholeEmoji = /^\p{RGI_Emoji}$/v;
const pictograph = /\p{Extended_Pictographic}/u;

/**
 * Counts as X does: 280 units, an address 23, most of Latin 1, the rest 2, an emoji 2. X's own library stops
 * at the emoji of 2019 and counts newer joined ones piece by piece; each is replaced by one that it knows.
 */
export function countText(text: string): TextCount {
  const counted = pictograph.test(text) ? replaceEmoji(text) : text;
  const length = twitterText.parseTweet(counted).weightedLength;
  return { length, limit: TEXT_LIMIT, isWithin: length <= TEXT_LIMIT };
}

function replaceEmoji(text: string): string {
  return Array.from(graphemes.segment(text), ({ segment }) =>
    wholeEmoji.test(segment) ? '🙂' : segment,
  ).join('');
}
