/** A picture or film as it hangs on a post. */
export interface LedgerMedia {
  id: string;
  kind: 'photo' | 'animated_gif' | 'video';
  contentType: string;
  bytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
  altText: string | null;
}

/** A post that was really published, whatever its author was told. */
export interface LedgerPost {
  id: string;
  authorId: string;
  username: string;
  /** Exactly as it was sent. */
  text: string;
  language: string;
  createdAt: string;
  deletedAt: string | null;
  replyTo: string | null;
  conversationId: string;
  quoteOf: string | null;
  media: LedgerMedia[];
  /** The network's own switches, e.g. reply_settings. */
  options: Record<string, string | boolean>;
  isBackdated: boolean;
}

/** A request that wanted to change something, and what became of it. */
export interface LedgerRequest {
  at: string;
  endpoint: string;
  username: string | null;
  text: string | null;
  /** Whether the network did what was asked. */
  hasActed: boolean;
  /** What the network answered, or would have answered had a fault not intervened. */
  status: number | null;
  postId: string | null;
  fault: string | null;
}

/** The same text of one author, visible more than once. */
export interface Doubled {
  username: string;
  text: string;
  replyTo: string | null;
  ids: string[];
}

export type LedgerEvent =
  | { type: 'post-created'; post: LedgerPost }
  | { type: 'post-deleted'; id: string; at: string }
  | { type: 'author-removed'; authorId: string }
  | { type: 'request-answered'; request: LedgerRequest };

/** Whether a line of a network's journal is one for its ledger. */
export function isOfLedger(event: { type: string }): event is LedgerEvent {
  return ['post-created', 'post-deleted', 'author-removed', 'request-answered'].includes(event.type);
}

/** What is on a network, and what was asked of it. Changes only through events. */
export class Ledger {
  readonly requests: LedgerRequest[] = [];
  readonly #posts = new Map<string, LedgerPost>();
  readonly #conversations = new Map<string, LedgerPost[]>();
  readonly #authors = new Map<string, LedgerPost[]>();
  readonly #alike = new Map<string, LedgerPost[]>();

  apply(event: LedgerEvent): void {
    if (event.type === 'post-created') this.#add(event.post);
    else if (event.type === 'post-deleted') this.#delete(event.id, event.at);
    else if (event.type === 'author-removed') this.#removeAuthor(event.authorId);
    else this.requests.push(event.request);
  }

  find(id: string): LedgerPost | undefined {
    return this.#posts.get(id);
  }

  /** The post, unless it was deleted. */
  findVisible(id: string): LedgerPost | undefined {
    const post = this.#posts.get(id);
    return post?.deletedAt === null ? post : undefined;
  }

  posts(): LedgerPost[] {
    return [...this.#posts.values()];
  }

  visiblePosts(): LedgerPost[] {
    return this.posts().filter((post) => post.deletedAt === null);
  }

  visibleOf(authorId: string): LedgerPost[] {
    return (this.#authors.get(authorId) ?? []).filter((post) => post.deletedAt === null);
  }

  visibleIn(conversationId: string): LedgerPost[] {
    return (this.#conversations.get(conversationId) ?? []).filter((post) => post.deletedAt === null);
  }

  /** Visible posts of an author that say the same in the same place. */
  visibleAlike(post: Pick<LedgerPost, 'authorId' | 'text' | 'replyTo'>): LedgerPost[] {
    return (this.#alike.get(likeness(post)) ?? []).filter(({ deletedAt }) => deletedAt === null);
  }

  /** Every text that its author shows twice; replies to different posts are different. */
  doubled(): Doubled[] {
    return [...this.#alike.values()].flatMap((alike) => {
      const posts = alike.filter(({ text, deletedAt }) => deletedAt === null && text.trim() !== '');
      const [first] = posts;
      if (!first || posts.length < 2) return [];
      const { username, text, replyTo } = first;
      return [{ username, text, replyTo, ids: posts.map((post) => post.id) }];
    });
  }

  #add(post: LedgerPost): void {
    this.#posts.set(post.id, post);
    append(this.#conversations, post.conversationId, post);
    append(this.#authors, post.authorId, post);
    append(this.#alike, likeness(post), post);
  }

  #delete(id: string, at: string): void {
    const post = this.#posts.get(id);
    if (post) post.deletedAt = at;
  }

  #removeAuthor(authorId: string): void {
    for (const post of this.#authors.get(authorId) ?? []) {
      this.#posts.delete(post.id);
      remove(this.#conversations, post.conversationId, post);
      remove(this.#alike, likeness(post), post);
    }
    this.#authors.delete(authorId);
  }
}

/** Texts that differ only in white space or in the way their letters are encoded are the same text. */
function likeness({ authorId, text, replyTo }: Pick<LedgerPost, 'authorId' | 'text' | 'replyTo'>): string {
  return JSON.stringify([authorId, replyTo, text.normalize('NFC').replace(/\s+/gu, ' ').trim()]);
}

function append(map: Map<string, LedgerPost[]>, key: string, post: LedgerPost): void {
  const posts = map.get(key);
  if (posts) posts.push(post);
  else map.set(key, [post]);
}

function remove(map: Map<string, LedgerPost[]>, key: string, post: LedgerPost): void {
  const rest = map.get(key)?.filter((other) => other !== post) ?? [];
  if (rest.length > 0) map.set(key, rest);
  else map.delete(key);
}
