import { between, fraction, pick } from '../random.ts';
import { type AudienceLanguage, detectLanguage } from './language.ts';
import { type Person, personOf } from './people.ts';
import { type AudiencePost, ageWhenGrown, totalViews } from './reactions.ts';
import ar from './texts/ar.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };

const MOST_REPLIES = 40;

const texts = { en, fr, ar };
type Stance = keyof typeof en;

/** Out of a hundred replies to a post. */
const stances: readonly (readonly [Stance, number])[] = [
  ['constructive', 38],
  ['neutral', 28],
  ['antagonistic', 19],
  ['off-topic', 11],
  ['help-seeking', 4],
];

/** A reply that the audience will write once the post is `ageMs` old. */
export interface PlannedReply {
  index: number;
  ageMs: number;
  author: Person;
  text: string;
  language: AudienceLanguage;
  /** The earlier reply that it answers; null when it answers the post itself. */
  parent: number | null;
}

/** All replies a post will ever get, in the order of their coming. `addressee`: whom the post itself answers. */
export function planReplies(seed: string, post: AudiencePost, addressee: Person | null): PlannedReply[] {
  const language = languageOf(post);
  const total = countReplies(seed, post, addressee);
  const planned: PlannedReply[] = [];
  for (let index = 0; index < total; index += 1) {
    const key = [seed, 'reply', post.id, index] as const;
    const parent =
      index > 0 && fraction('thread', ...key) < 0.25 ? Math.floor(fraction('parent', ...key) * index) : null;
    const stance = addressee
      ? pick(['constructive', 'neutral', 'antagonistic'] as const, ...key)
      : stanceOf(...key);
    planned.push({
      index,
      ageMs: arrival(seed, post.id, index, total),
      author: addressee ?? personOf(language, ...key),
      text: textFor(language, stance, seed, post.id, index),
      language,
      parent: addressee ? null : parent,
    });
  }
  return planned;
}

/** Whoever is answered often answers back; others mostly leave such an exchange alone. */
function countReplies(seed: string, post: AudiencePost, addressee: Person | null): number {
  if (post.reach === 0) return 0;
  if (addressee) return fraction(seed, 'answers', post.id) < 0.65 ? 1 : 0;
  const rate = between(0.0015, 0.006, seed, 'replies', post.id);
  return Math.min(MOST_REPLIES, Math.round(totalViews(seed, post) * rate));
}

function arrival(seed: string, postId: string, index: number, total: number): number {
  const share = (index + between(0.1, 0.9, seed, 'arrival', postId, index)) / (total + 1);
  return ageWhenGrown(seed, postId, 'replies', share);
}

function languageOf(post: AudiencePost): AudienceLanguage {
  const known = post.language in texts ? (post.language as AudienceLanguage) : detectLanguage(post.text);
  return known === 'und' ? 'en' : known;
}

function stanceOf(...parts: readonly (string | number)[]): Stance {
  let left = fraction('stance', ...parts) * 100;
  for (const [stance, weight] of stances) {
    left -= weight;
    if (left < 0) return stance;
  }
  return 'neutral';
}

/** Walks the list with a stride, so that a text comes back only after all others had their turn. */
function textFor(
  language: AudienceLanguage,
  stance: Stance,
  seed: string,
  postId: string,
  index: number,
): string {
  const list = texts[language][stance];
  const start = Math.floor(fraction(seed, 'text', stance, postId) * list.length);
  return list[(start + index) % list.length] ?? '';
}
