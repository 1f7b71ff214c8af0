import type { Network } from '../domain/network.ts';

/** What a network can and cannot do; read by the composer, the scheduler and the publishing code. */
export interface Capabilities {
  /** Largest length of a text, in the network's own counting. */
  textLimit: number;
  /** What exactly-once rests on. */
  idempotency: 'record-key' | 'idempotency-key' | 'read-back' | 'none';
  /** Which figures the network gives; the others are "not measured". */
  measures: readonly MeasureName[];
  replies: boolean;
}

export type MeasureName =
  | 'impressions'
  | 'likes'
  | 'reposts'
  | 'replies'
  | 'quotes'
  | 'bookmarks'
  | 'linkClicks'
  | 'profileClicks';

/** A text counted as the network counts it. */
export interface TextCount {
  length: number;
  limit: number;
  isWithin: boolean;
}

/** Decrypted credential of one account; its shape belongs to the network's folder. */
export type Credential = Readonly<Record<string, string>>;

export interface PublishRequest {
  text: string;
  language: string;
  /** Unique per delivery, the same for every attempt. */
  deliveryKey: string;
  signal?: AbortSignal;
}

/** The closed set of answers to a request that writes. Expected failures never throw. */
export type Outcome =
  | { kind: 'accepted'; remoteId: string; remoteUrl: string }
  /** The network said no for good. */
  | { kind: 'refused'; detail: string }
  | { kind: 'limited'; detail: string; retryAt: Date }
  /** Certain that nothing reached the network. */
  | { kind: 'not-sent'; detail: string }
  | { kind: 'unauthorised'; detail: string }
  /** It may or may not have happened. Never re-sent blindly. */
  | { kind: 'unknown'; detail: string };

export type ReadBackOutcome =
  | { kind: 'found'; remoteId: string; remoteUrl: string; publishedAt: Date; copies: number }
  | { kind: 'absent' }
  | { kind: 'failed'; detail: string };

export type IdentityOutcome =
  | { kind: 'known'; remoteId: string; handle: string; displayName: string }
  | { kind: 'unauthorised'; detail: string }
  | { kind: 'failed'; detail: string };

export type Measures = Record<MeasureName, number | null>;

export type MeasureOutcome =
  /** Remote ids that are missing in the map no longer exist on the network. */
  | { kind: 'measured'; byRemoteId: ReadonlyMap<string, Measures> }
  | { kind: 'limited'; retryAt: Date }
  | { kind: 'failed'; detail: string };

/** A reply as it comes from the network; its author never leaves the action that stores it. */
export interface RemoteReply {
  remoteId: string;
  authorRemoteId: string;
  text: string;
  language: string;
  createdAt: Date;
}

export type RepliesOutcome =
  | { kind: 'read'; replies: RemoteReply[] }
  | { kind: 'limited'; retryAt: Date }
  | { kind: 'failed'; detail: string };

/** The port: one adapter per network. Methods return outcomes and never throw for expected failures. */
export interface Platform {
  readonly network: Network;
  readonly capabilities: Capabilities;
  /** Counts a text as the network counts it; pure and fast. */
  countText(text: string): TextCount;
  whoAmI(credential: Credential): Promise<IdentityOutcome>;
  publish(credential: Credential, request: PublishRequest): Promise<Outcome>;
  /** Looks whether a request that left no answer is on the network after all. */
  readBack(credential: Credential, request: PublishRequest & { sentAfter: Date }): Promise<ReadBackOutcome>;
  /** Deletes a post. Accepted also when it is already gone. */
  withdraw(credential: Credential, remoteId: string): Promise<Outcome>;
  measure(credential: Credential, remoteIds: readonly string[]): Promise<MeasureOutcome>;
  /** Replies to one of our posts that are newer than `since`. */
  replies(credential: Credential, remoteId: string, since: Date | null): Promise<RepliesOutcome>;
}
