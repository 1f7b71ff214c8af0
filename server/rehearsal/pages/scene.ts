import type { Reactions } from '../audience/reactions.ts';
import type { Tempo } from '../audience/tempo.ts';
import type { Faults } from '../faults.ts';
import type { LedgerMedia } from '../ledger.ts';
import type { Stage } from '../stage.ts';

/** A post as people see it, whether an account published it or the audience wrote it. */
export interface SeenPost {
  id: string;
  username: string;
  name: string;
  text: string;
  language: string;
  createdAt: number;
  conversationId: string;
  replyTo: string | null;
  replyToUsername: string | null;
  media: LedgerMedia[];
  isFromAudience: boolean;
  reactions: () => Reactions;
}

/** A stretch of a post's text. */
export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string; display: string }
  | { kind: 'hashtag' | 'mention'; text: string; name: string };

interface SeenAccount {
  username: string;
  name: string;
  description: string;
  automatedBy: string | null;
  createdAt: string;
}

/** What the pages, which are the same for all networks, need to know of one. */
export interface Scene<Post extends SeenPost = SeenPost> {
  /** The network's own name. */
  name: string;
  /** Where its pages are: /rehearsal/x. */
  path: string;
  endpoints: readonly string[];
  /** The one that publishes. */
  publishing: string;
  tempo: Tempo;
  faults: Faults;
  stage: Pick<Stage<never>, 'setSpeed' | 'setFaults' | 'clearFaults'>;
  accounts(): readonly SeenAccount[];
  account(username: string): SeenAccount | undefined;
  followersOf(username: string): number;
  /** What all accounts published, without their answers; newest first. */
  timeline(): Post[];
  /** All that an account published, newest first. */
  postsOf(username: string): Post[];
  /** Names a post in addresses: letters, digits, - and _ only. */
  keyOf(post: Post): string;
  findPost(key: string): Post | null;
  /** All posts of a conversation, oldest first. */
  conversation(conversationId: string): Post[];
  repliesTo(post: Post): number;
  segments(post: Post): Segment[];
  labels(post: Post): string[];
  /** What else of this network can be switched on its settings page. */
  switches?: {
    title: string;
    list(): { name: string; label: string; isOn: boolean }[];
    /** Throws what makes no sense. */
    set(names: readonly string[]): void;
  };
  picture(id: string): { contentType: string; bytes: Buffer } | undefined;
}
