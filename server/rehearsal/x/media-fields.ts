import type { LedgerMedia } from '../ledger.ts';
import { mediaKey } from './shown-text.ts';

/** A media object with the fields that were asked for. */
export function toMedia(fields: Set<string>, media: LedgerMedia): Record<string, unknown> {
  const extension = media.contentType.split('/')[1] ?? 'bin';
  const url = `https://pbs.twimg.com/media/${media.id}.${extension}`;
  const all: Record<string, unknown> = {
    alt_text: media.altText ?? undefined,
    url: media.kind === 'photo' ? url : undefined,
    preview_image_url: media.kind === 'photo' ? undefined : url,
    width: media.width ?? undefined,
    height: media.height ?? undefined,
  };
  const asked = Object.entries(all).filter(([name, value]) => fields.has(name) && value !== undefined);
  return { media_key: mediaKey(media.id), type: media.kind, ...Object.fromEntries(asked) };
}
