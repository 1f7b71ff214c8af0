import twitterText from 'twitter-text';
import type { ServerLimits, TextCount } from '../platform.ts';

export const TEXT_LIMIT = 500;
const LINK_LENGTH = 23;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const MENTION =
  /(?<![=/\p{L}\p{M}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{M}\p{N}_]+(?:[.-]+[\p{L}\p{M}\p{N}_]+)*/giu;

/**
 * Counts as Mastodon does (its StatusLengthValidator): what people see as one character counts one, a link 23, and of
 * @user@server only the @user. Servers set limits of their own.
 */
export function countText(text: string, limits?: ServerLimits): TextCount {
  const limit = limits?.text ?? TEXT_LIMIT;
  const counted = withLinksAs(limits?.link ?? LINK_LENGTH, text);
  let length = 0;
  for (const _ of graphemes.segment(counted)) length += 1;
  return { length, limit, isWithin: length <= limit };
}

function withLinksAs(linkLength: number, text: string): string {
  const links = twitterText.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false });
  let counted = '';
  let from = 0;
  for (const { indices } of links) {
    counted += withoutServers(text.slice(from, indices[0])) + 'x'.repeat(linkLength);
    from = indices[1];
  }
  return counted + withoutServers(text.slice(from));
}

function withoutServers(text: string): string {
  return text.replace(MENTION, '@$1');
}
