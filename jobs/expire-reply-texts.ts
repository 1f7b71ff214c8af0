import { expireReplyTexts as run } from '../server/actions/expire-reply-texts.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Deletes reply texts whose days are over. */
export function expireReplyTexts(context: Context): Handlers['expire-reply-texts'] {
  return async () => run(context);
}
