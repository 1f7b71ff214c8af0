import { fraction } from '../random.ts';
import type { Scene, SeenPost, Segment } from './scene.ts';

const count = new Intl.NumberFormat('en');
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** A post as the templates want it. */
export function viewPost(scene: Scene, post: SeenPost, { isAsked = false, depth = 0 } = {}) {
  const { impressions, likes, reposts } = post.reactions();
  const counts = { Replies: scene.repliesTo(post), Reposts: reposts, Likes: likes, Views: impressions };
  const key = scene.keyOf(post);
  return {
    key,
    ...viewAuthor(post),
    href: `${scene.path}/posts/${key}`,
    profileHref: post.isFromAudience ? null : `${scene.path}/${post.username}`,
    createdAt: new Date(post.createdAt).toISOString(),
    createdWords: words(post.createdAt),
    language: post.language === 'und' ? null : post.language,
    replyToUsername: post.replyToUsername,
    segments: scene.segments(post).map(viewSegment),
    media: post.media.map((media) => viewMedia(scene, media)),
    labels: scene.labels(post),
    counts: Object.entries(counts).map(([label, value]) => ({ label, value: count.format(value) })),
    isAsked,
    depth: Math.min(depth, 3),
  };
}

/** Name, initials and one of six colours. */
export function viewAuthor({ name, username }: { name: string; username: string }) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '');
  return { name, username, initials: initials.join(''), tint: Math.floor(fraction('tint', username) * 6) };
}

/** A moment in words, in UTC. */
export function words(atMs: number): string {
  return `${moment.format(atMs)} UTC`;
}

export function inNumbers(value: number): string {
  return count.format(value);
}

function viewSegment(segment: Segment) {
  if (segment.kind === 'link') return { text: segment.display, href: segment.href };
  return { text: segment.text, isMarked: segment.kind !== 'text' };
}

function viewMedia(scene: Scene, { id, kind, altText, width, height, bytes }: SeenPost['media'][number]) {
  const isPicture = kind !== 'video';
  return {
    src: isPicture ? `${scene.path}/media/${id}` : null,
    alt: altText ?? '',
    width,
    height,
    words: `Film, ${count.format(Math.ceil(bytes / 1024))} kB`,
  };
}
