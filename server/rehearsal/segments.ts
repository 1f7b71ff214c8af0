import twitterText from 'twitter-text';
import type { Segment } from './pages/scene.ts';

/** Splits a text where a network sees links, hashtags and mentions; not all take a bare host name for a link. */
export function segmentsOf(text: string, { withBareLinks = true } = {}): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const entity of twitterText.extractEntitiesWithIndices(text)) {
    const [start, end] = entity.indices;
    const piece = text.slice(start, end);
    if (start > from) segments.push({ kind: 'text', text: text.slice(from, start) });
    if ('url' in entity && (withBareLinks || /^https?:/i.test(piece))) segments.push(toLink(piece));
    else if ('hashtag' in entity) segments.push({ kind: 'hashtag', text: piece, name: entity.hashtag });
    else if ('screenName' in entity) segments.push({ kind: 'mention', text: piece, name: entity.screenName });
    else segments.push({ kind: 'text', text: piece });
    from = end;
  }
  if (from < text.length) segments.push({ kind: 'text', text: text.slice(from) });
  return segments;
}

/** The usernames that a text mentions, in small letters. */
export function mentionsIn(text: string): string[] {
  return twitterText.extractMentions(text).map((name) => name.toLowerCase());
}

function toLink(url: string): Segment {
  const href = /^https?:\/\//i.test(url) ? url : `http://${url}`;
  const bare = url.replace(/^https?:\/\/(www\.)?/i, '');
  return { kind: 'link', text: url, href, display: bare.length > 27 ? `${bare.slice(0, 26)}…` : bare };
}
