import { fraction } from '../random.ts';
import type { Person } from './people.ts';
import { type AudiencePost, type Reactions, reactionsAt } from './reactions.ts';
import { type PlannedReply, planReplies } from './replies.ts';
import type { Tempo } from './tempo.ts';

/** A reply that can be seen now. */
export interface AudienceReply {
  id: string;
  author: Person;
  text: string;
  language: string;
  createdAt: number;
  replyTo: string;
  /** Whom it answers. */
  replyToUsername: string;
  conversationId: string;
  /** The published post under which it was written. */
  underPost: string;
}

/** A stranger's answer is seen by few. */
const REPLY_REACH = 0.012;

export interface AudienceOptions {
  seed: string;
  tempo: Tempo;
  now: () => number;
  /** The network's own form of an id, from its moment and 22 bits. */
  makeId: (atMs: number, low: number) => string;
  /** What the network shows at the moment, oldest first; of one conversation, if asked. */
  posts: (conversationId?: string) => AudiencePost[];
  isVisible: (postId: string) => boolean;
}

interface Plan {
  post: AudiencePost;
  planned: PlannedReply[];
  come: AudienceReply[];
}

/**
 * The fictional people of a network. All they do is a function of the seed, the post and its age, so nothing of it
 * is stored: a restart finds them where they would have been.
 */
export class Audience {
  readonly #options: AudienceOptions;
  readonly #plans = new Map<string, Plan>();
  readonly #repliesById = new Map<string, AudienceReply>();

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  reactions(post: AudiencePost): Reactions {
    return reactionsAt(this.#options.seed, post, this.#age(post));
  }

  /** Reactions to a reply of the audience: a few likes and views. */
  reactionsToReply(reply: AudienceReply): Reactions {
    return this.reactions({
      ...reply,
      username: reply.author.username,
      hasMedia: false,
      reach: REPLY_REACH,
    });
  }

  /** The replies that have come so far, oldest first. */
  replies(post: AudiencePost): AudienceReply[] {
    const plan = this.#plan(post);
    const age = this.#age(post);
    for (let next = plan.planned[plan.come.length]; next && next.ageMs <= age; ) {
      this.#arrive(plan, next);
      next = plan.planned[plan.come.length];
    }
    const now = this.#options.now();
    return plan.come.filter((reply) => reply.createdAt <= now);
  }

  /** A reply that has come, by its id. */
  findReply(id: string): AudienceReply | undefined {
    // After a restart nothing is known by id until somebody looks at the post it hangs on.
    if (!this.#repliesById.has(id)) for (const post of this.#options.posts()) this.replies(post);
    const reply = this.#repliesById.get(id);
    return reply && this.#options.isVisible(reply.underPost) ? reply : undefined;
  }

  #age(post: AudiencePost): number {
    return this.#options.tempo.age(post.createdAt, this.#options.now());
  }

  #plan(post: AudiencePost): Plan {
    let plan = this.#plans.get(post.id);
    if (!plan) {
      const addressee = post.replyTo ? this.#authorOfReply(post.replyTo, post) : null;
      plan = { post, planned: planReplies(this.#options.seed, post, addressee), come: [] };
      this.#plans.set(post.id, plan);
    }
    return plan;
  }

  /** The member of the audience who wrote what `post` answers; null when it answers a published post. */
  #authorOfReply(id: string, post: AudiencePost): Person | null {
    for (const earlier of this.#options.posts(post.conversationId)) {
      if (earlier.id === post.id) break;
      this.replies(earlier);
    }
    return this.#repliesById.get(id)?.author ?? null;
  }

  #arrive({ post, come }: Plan, planned: PlannedReply): void {
    const createdAt = Math.floor(this.#options.tempo.moment(post.createdAt, planned.ageMs));
    const parent = planned.parent === null ? undefined : come[planned.parent];
    const low = Math.floor(fraction(this.#options.seed, 'id', post.id, planned.index) * 2 ** 22);
    const reply: AudienceReply = {
      id: this.#options.makeId(createdAt, low),
      author: planned.author,
      text: planned.text,
      language: planned.language,
      createdAt,
      replyTo: parent?.id ?? post.id,
      replyToUsername: parent?.author.username ?? post.username,
      conversationId: post.conversationId,
      underPost: post.id,
    };
    come.push(reply);
    this.#repliesById.set(reply.id, reply);
  }
}
