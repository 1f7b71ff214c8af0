import { UnicodeString } from '@atproto/api';
import type { TextCount } from '../platform.ts';

export const TEXT_LIMIT = 300;
/** Far away for most texts; many joined emoji come near it. */
const BYTE_LIMIT = 3000;

/** Counts as the lexicon of a post does: at most 300 graphemes, and at most 3,000 bytes in UTF-8. */
export function countText(text: string): TextCount {
  const counted = new UnicodeString(text);
  const { graphemeLength: length, length: bytes } = counted;
  return {
    length,
    limit: TEXT_LIMIT,
    bytes: { length: bytes, limit: BYTE_LIMIT },
    isWithin: length <= TEXT_LIMIT && bytes <= BYTE_LIMIT,
  };
}
