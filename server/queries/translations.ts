import type { Message } from '../domain/message.ts';
import { type Translation, translationsOf } from '../domain/translation.ts';
import { sha256 } from '../models/message.ts';

/** The languages of a message with their state; `wanted` are the BCP 47 tags that its campaign names. */
export function translationsIn(
  message: Pick<Message, 'variants' | 'originalLanguage'>,
  wanted: readonly string[],
): Translation[] {
  return translationsOf(message, { wanted, hash: sha256 });
}
