import twitterText from 'twitter-text';

export const TEXT_LIMIT = 280;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
// Written as a string because the flag is newer than the language level of the compiler.
const oneEmoji = /^\p{RGI_Emoji}$/v;

/**
 * Length of a text as X weighs it: links 23, most scripts 1, CJK 2, an emoji 2 however many code points it joins.
 * twitter-text knows only emoji of its own time, so every emoji is weighed as one that it knows.
 */
export function weighedLength(text: string): number {
  let plain = '';
  for (const { segment } of graphemes.segment(text)) plain += oneEmoji.test(segment) ? '😀' : segment;
  return twitterText.parseTweet(plain).weightedLength;
}
