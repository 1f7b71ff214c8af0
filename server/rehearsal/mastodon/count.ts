import twitterText from 'twitter-text';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Length of a text as Mastodon's validator has it: links 23, names without their server, what is seen as one as 1. */
export function countedLength(text: string): number {
  const isLink = (url: string) => /^https?:\/\//i.test(url);
  let rest = text;
  for (const url of twitterText.extractUrls(text).filter(isLink)) rest = rest.replace(url, 'x'.repeat(23));
  const counted = rest.replace(/(^|[^=/\p{L}\p{N}_])@(\w+(?:[.-]+\w+)*)@[\p{L}\p{N}_.-]+/gu, '$1@$2');
  return Array.from(graphemes.segment(counted)).length;
}
