import type { LedgerMedia } from '../ledger.ts';
import { countReplies, type ShownPost } from '../shown-post.ts';
import { INSTANCE } from './account.ts';
import { toAccount } from './account-entity.ts';
import { addressOf, contentOf, tagAddress, tagsIn } from './content.ts';
import type { MastodonWorld } from './world.ts';

/** A Status as the API gives it. */
export function toStatus(world: MastodonWorld, post: ShownPost): Record<string, unknown> {
  const { likes, reposts, quotes } = post.reactions();
  const { spoiler = '', visibility = 'public', sensitive = false, application = '' } = post.options;
  const url = addressOf(post.username, post.id);
  return {
    id: post.id,
    created_at: new Date(post.createdAt).toISOString(),
    in_reply_to_id: post.replyTo,
    in_reply_to_account_id: post.replyTo ? authorOf(world, post.replyTo) : null,
    ...{ sensitive, spoiler_text: spoiler, visibility },
    language: post.language === 'und' ? null : post.language,
    uri: `https://${INSTANCE}/users/${post.username}/statuses/${post.id}`,
    url,
    replies_count: countReplies(world, post),
    reblogs_count: reposts,
    favourites_count: likes,
    quotes_count: quotes,
    edited_at: null,
    content: contentOf(world, post.text),
    ...{ reblog: null, quote: null, poll: null, card: null },
    application: application ? { name: application, website: null } : null,
    account: toAccount(world, post),
    media_attachments: post.media.map(toAttachment),
    mentions: post.mentions().flatMap((name) => mentionOf(world, name)),
    tags: tagsIn(post.text).map((name) => ({ name, url: tagAddress(name) })),
    emojis: [],
    ...{ favourited: false, reblogged: false, muted: false, bookmarked: false, pinned: false },
  };
}

/** A MediaAttachment as the API gives it; without an address while it is not ready. */
export function toAttachment(media: LedgerMedia, isReady: unknown = true): Record<string, unknown> {
  const url = `https://${INSTANCE}/media/${media.id}`;
  const size = media.width && media.height ? { width: media.width, height: media.height } : null;
  return {
    id: media.id,
    type: media.kind === 'animated_gif' ? 'gifv' : media.kind === 'video' ? 'video' : 'image',
    url: isReady === false ? null : url,
    preview_url: isReady === false ? null : url,
    remote_url: null,
    meta: size ? { original: { ...size, size: `${size.width}x${size.height}` } } : {},
    description: media.altText,
    blurhash: null,
  };
}

function authorOf({ ledger, audience }: MastodonWorld, id: string): string | null {
  return ledger.find(id)?.authorId ?? audience.findReply(id)?.author.id ?? null;
}

function mentionOf({ registry }: MastodonWorld, name: string) {
  const account = registry.named(name);
  if (!account) return [];
  const { userId: id, username } = account;
  return [{ id, username, acct: username, url: addressOf(username) }];
}
