import { detectLanguage } from './audience/language.ts';
import type { AudiencePost } from './audience/reactions.ts';
import type { LedgerPost } from './ledger.ts';

/** A post as the audience meets it. */
export function toAudience(post: LedgerPost): AudiencePost {
  return {
    id: post.id,
    username: post.username,
    text: post.text,
    language: post.language,
    createdAt: Date.parse(post.createdAt),
    conversationId: post.conversationId,
    replyTo: post.replyTo,
    hasMedia: post.media.length > 0,
    reach: reachOf(post),
  };
}

/** Answers come before few of the followers, promoted-only and direct posts before none. */
function reachOf({ replyTo, options }: LedgerPost): number {
  if (options.nullcast === true || options.visibility === 'direct') return 0;
  return replyTo ? 0.08 : 1;
}

/** Makes a ledger post of what somebody wants to say. */
export function composePost(
  post: Pick<LedgerPost, 'id' | 'authorId' | 'username' | 'text' | 'media' | 'conversationId'> &
    Partial<LedgerPost>,
  createdAt: number,
): LedgerPost {
  return {
    language: detectLanguage(post.text),
    createdAt: new Date(createdAt).toISOString(),
    deletedAt: null,
    replyTo: null,
    quoteOf: null,
    options: {},
    isBackdated: false,
    ...post,
  };
}
