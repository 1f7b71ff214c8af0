import { imagesOf, readPostRecord } from './post-record.ts';
import { countReplies, type ShownPost } from './shown-post.ts';
import type { BlueskyWorld } from './world.ts';

/** A post in the form of app.bsky.feed.defs#postView. */
export function toPostView(world: BlueskyWorld, post: ShownPost): Record<string, unknown> {
  const { likes, reposts, quotes, bookmarks } = post.reactions();
  const embed = embedOf(post);
  return {
    $type: 'app.bsky.feed.defs#postView',
    uri: post.id,
    cid: post.cid,
    author: authorOf(post),
    record: post.value,
    ...(embed && { embed }),
    replyCount: countReplies(world, post),
    repostCount: reposts,
    likeCount: likes,
    quoteCount: quotes,
    bookmarkCount: bookmarks,
    indexedAt: new Date(post.createdAt).toISOString(),
    labels: [],
  };
}

export function authorOf({ did, username, name }: Pick<ShownPost, 'did' | 'username' | 'name'>) {
  return { did, handle: username, displayName: name, labels: [] };
}

function embedOf({ did, value }: ShownPost): Record<string, unknown> | null {
  const images = imagesOf(readPostRecord(value));
  if (images.length === 0) return null;
  return {
    $type: 'app.bsky.embed.images#view',
    images: images.map(({ alt, image, aspectRatio }) => ({
      thumb: pictureAddress('feed_thumbnail', did, image.ref.$link),
      fullsize: pictureAddress('feed_fullsize', did, image.ref.$link),
      alt,
      ...(aspectRatio && { aspectRatio }),
    })),
  };
}

const pictureAddress = (size: string, did: string, cid: string) =>
  `https://cdn.bsky.app/img/${size}/plain/${did}/${cid}@jpeg`;
