import { between, fraction } from '../random.ts';

const HOUR_MS = 3_600_000;

/** What the audience knows of a post when it meets it. */
export interface AudiencePost {
  id: string;
  username: string;
  text: string;
  language: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  conversationId: string;
  replyTo: string | null;
  hasMedia: boolean;
  /** The share of its author's followers that it comes before; 0 when it is shown to nobody. */
  reach: number;
}

/** How often something was done to a post so far. */
export interface Reactions {
  impressions: number;
  likes: number;
  reposts: number;
  quotes: number;
  bookmarks: number;
  linkClicks: number;
  profileClicks: number;
  /** The post was opened to be read in full. */
  detailExpands: number;
}

/** Share of the people who see a post that do something, from the coolest to the warmest post. */
const rates: Record<Exclude<keyof Reactions, 'impressions'>, readonly [number, number]> = {
  likes: [0.012, 0.042],
  reposts: [0.003, 0.012],
  quotes: [0.0004, 0.002],
  bookmarks: [0.001, 0.005],
  linkClicks: [0.006, 0.026],
  profileClicks: [0.003, 0.009],
  detailExpands: [0.015, 0.05],
};

/** Reactions to a post that has been out for `ageMs` of audience time: never fewer than before, never without end. */
export function reactionsAt(seed: string, post: AudiencePost, ageMs: number): Reactions {
  const views = totalViews(seed, post);
  const seen = grown(seed, post.id, 'impressions', ageMs);
  const reactions: Reactions = { ...nothing, impressions: Math.floor(views * seen) };
  for (const [name, [coolest, warmest]] of Object.entries(rates) as [
    keyof typeof rates,
    readonly [number, number],
  ][]) {
    const rate = coolest + (warmest - coolest) * warmth(seed, post, name);
    const share = Math.min(seen, grown(seed, post.id, name, ageMs));
    reactions[name] = name === 'linkClicks' && !hasLink(post) ? 0 : Math.floor(views * rate * share);
  }
  return reactions;
}

const nothing: Reactions = {
  impressions: 0,
  likes: 0,
  reposts: 0,
  quotes: 0,
  bookmarks: 0,
  linkClicks: 0,
  profileClicks: 0,
  detailExpands: 0,
};

/** How many people the account reaches at all. */
export function followersOf(seed: string, username: string): number {
  return Math.round(900 * 10 ** fraction(seed, 'followers', username.toLowerCase()));
}

/** How many views a post ends up with. */
export function totalViews(seed: string, post: AudiencePost): number {
  const luck = 0.4 * 6 ** fraction(seed, 'luck', post.id);
  const picture = post.hasMedia ? 1.35 : 1;
  const question = /[?؟]/u.test(post.text) ? 1.15 : 1;
  const tags = (post.text.match(/#\p{L}/gu)?.length ?? 0) > 2 ? 0.8 : 1;
  return followersOf(seed, post.username) * post.reach * luck * picture * question * tags;
}

/** How warmly a post is met, from 0 to 1; a question and a plain voice are met more warmly than a shout. */
function warmth(seed: string, post: AudiencePost, name: string): number {
  const tone = /[?؟]/u.test(post.text) ? 0.15 : 0;
  const shout = /!{2,}|\b[A-Z]{6,}\b/u.test(post.text) ? -0.15 : 0;
  const base = 0.6 * fraction(seed, 'warmth', post.id) + 0.4 * fraction(seed, name, post.id);
  return Math.min(1, Math.max(0, base + tone + shout));
}

/**
 * The share of the final number that is reached at an age: the log-logistic curve, slow at first, steep within the
 * first hours, then dying away.
 */
function grown(seed: string, postId: string, name: string, ageMs: number): number {
  if (ageMs <= 0) return 0;
  const halfway = halfwayMs(seed, postId, name);
  return 1 / (1 + (halfway / ageMs) ** STEEPNESS);
}

/** The age at which a share of the final number is reached: the inverse of `grown`. */
export function ageWhenGrown(seed: string, postId: string, name: string, share: number): number {
  return halfwayMs(seed, postId, name) * (share / (1 - share)) ** (1 / STEEPNESS);
}

const STEEPNESS = 1.35;

function halfwayMs(seed: string, postId: string, name: string): number {
  const delay = name === 'impressions' ? 1 : between(1.05, 1.6, seed, 'delay', name, postId);
  return between(2.5, 7, seed, 'halfway', postId) * delay * HOUR_MS;
}

function hasLink(post: AudiencePost): boolean {
  return /https?:\/\//u.test(post.text);
}
