import { fraction } from '../../random.ts';
import { countReplies, type ShownPost } from '../shown-post.ts';
import { type Segment, segmentsOf } from '../shown-text.ts';
import type { XWorld } from '../world.ts';

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
export function viewPost(world: XWorld, post: ShownPost, { isAsked = false, depth = 0 } = {}) {
  const { impressions, likes, reposts } = post.reactions();
  const counts = { Replies: countReplies(world, post), Reposts: reposts, Likes: likes, Views: impressions };
  return {
    id: post.id,
    ...viewAuthor(post),
    href: `/rehearsal/x/posts/${post.id}`,
    profileHref: post.isFromAudience ? null : `/rehearsal/x/${post.username}`,
    createdAt: new Date(post.createdAt).toISOString(),
    createdWords: words(post.createdAt),
    language: post.language === 'und' ? null : post.language,
    replyToUsername: post.replyToUsername,
    segments: segmentsOf(withoutAddress(post)).map(viewSegment),
    media: post.media.map(viewMedia),
    labels: labelsOf(world, post),
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

/** People see the name they answer above the text and not in it. */
function withoutAddress({ text, isFromAudience }: ShownPost): string {
  return isFromAudience ? text.replace(/^@\w+ /, '') : text;
}

function viewSegment(segment: Segment) {
  if (segment.kind === 'link') return { text: segment.display, href: segment.href };
  return { text: segment.text, isMarked: segment.kind !== 'text' };
}

function viewMedia({ id, kind, altText, width, height, bytes }: ShownPost['media'][number]) {
  const isPicture = kind !== 'video';
  return {
    src: isPicture ? `/rehearsal/x/media/${id}` : null,
    alt: altText ?? '',
    width,
    height,
    words: `Film, ${count.format(Math.ceil(bytes / 1024))} kB`,
  };
}

function labelsOf(world: XWorld, { authorId, options }: ShownPost): string[] {
  const automatedBy = world.registry.account(authorId)?.automatedBy;
  return [
    ...(automatedBy ? [`Automated by @${automatedBy}`] : []),
    ...(options.made_with_ai === true ? ['Made with AI'] : []),
    ...(options.paid_partnership === true ? ['Paid partnership'] : []),
    ...(options.nullcast === true ? ['Shown to nobody: promoted only'] : []),
    ...(options.reply_settings ? ['Who can reply is limited'] : []),
  ];
}
