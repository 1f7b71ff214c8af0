import { createHash } from 'node:crypto';
import type { LedgerPost } from '../ledger.ts';
import type { Segment } from '../pages/scene.ts';
import { segmentsOf } from '../segments.ts';

export interface Entities {
  urls?: Record<string, unknown>[];
  hashtags?: { start: number; end: number; tag: string }[];
  mentions?: { start: number; end: number; username: string }[];
}

type ShownPart = Pick<LedgerPost, 'id' | 'username' | 'text' | 'media'>;

/**
 * The text as the API gives it: links become t.co links (their targets stand in the entities), media add a link at
 * the end, and & < > are written as HTML entities. Indices count code points of the given text.
 */
export function shownText(post: ShownPart): { text: string; entities: Entities } {
  const entities: Entities = {};
  let text = '';
  let at = 0;
  const add = (piece: string) => {
    const start = at;
    text += piece;
    at += [...piece].length;
    return { start, end: at };
  };
  for (const segment of segmentsOf(post.text)) {
    if (segment.kind === 'text') add(escapeHtml(segment.text));
    else if (segment.kind === 'link') addTo(entities, 'urls', linkEntity(post, segment, add));
    else if (segment.kind === 'hashtag')
      addTo(entities, 'hashtags', { ...add(segment.text), tag: segment.name });
    else addTo(entities, 'mentions', { ...add(segment.text), username: segment.name });
  }
  if (post.media.length > 0) {
    if (text !== '') add(' ');
    const url = shortLink(post.id, 'media');
    const range = add(url);
    for (const media of post.media) addTo(entities, 'urls', { ...range, ...mediaLink(post, url, media.id) });
  }
  return { text, entities };
}

function linkEntity(post: ShownPart, link: Segment & { kind: 'link' }, add: (piece: string) => object) {
  const url = shortLink(post.id, link.href);
  return { ...add(url), url, expanded_url: link.href, display_url: link.display };
}

function mediaLink(post: ShownPart, url: string, mediaId: string) {
  return {
    url,
    expanded_url: `https://x.com/${post.username}/status/${post.id}/photo/1`,
    display_url: url.replace('https://t.co', 'pic.x.com'),
    media_key: mediaKey(mediaId),
  };
}

export function mediaKey(mediaId: string): string {
  return `3_${mediaId}`;
}

function shortLink(...parts: string[]): string {
  const hash = createHash('sha256').update(parts.join(' ')).digest('base64url');
  return `https://t.co/${hash.replace(/[-_]/g, '').slice(0, 10)}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function addTo<Key extends keyof Entities>(entities: Entities, key: Key, item: unknown): void {
  const items = (entities[key] ?? []) as unknown[];
  items.push(item);
  (entities as Record<string, unknown>)[key] = items;
}
