import type { Segment } from '../pages/scene.ts';
import { type PostRecord, readPostRecord } from './post-record.ts';

/**
 * Splits a text at its facets, as an app does: only what the record itself marks is a link. Facets count bytes of
 * UTF-8; one that overlaps another or ends outside the text is left out.
 */
export function segmentsOf(value: Record<string, unknown>): Segment[] {
  const { text, facets } = readPostRecord(value);
  const bytes = Buffer.from(text);
  const segments: Segment[] = [];
  let from = 0;
  const plainUntil = (end: number) => {
    if (end > from) segments.push({ kind: 'text', text: bytes.toString('utf8', from, end) });
  };
  for (const { index, features } of facets.toSorted((a, b) => a.index.byteStart - b.index.byteStart)) {
    const { byteStart, byteEnd } = index;
    if (byteStart < from || byteEnd > bytes.length || byteEnd <= byteStart) continue;
    plainUntil(byteStart);
    segments.push(toSegment(bytes.toString('utf8', byteStart, byteEnd), features));
    from = byteEnd;
  }
  plainUntil(bytes.length);
  return segments;
}

function toSegment(text: string, features: PostRecord['facets'][number]['features']): Segment {
  const href = features.find(({ uri }) => uri !== undefined)?.uri;
  if (href !== undefined) return { kind: 'link', text, href, display: text };
  const tag = features.find(({ tag: name }) => name !== undefined)?.tag;
  return tag === undefined ? { kind: 'mention', text, name: text } : { kind: 'hashtag', text, name: tag };
}
