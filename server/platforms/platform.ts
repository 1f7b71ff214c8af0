import type { Credential, RegisteredApplication } from '../domain/credential.ts';
import type { Origin } from '../domain/message.ts';
import type { Network } from '../domain/network.ts';
import type { Allowance, IdentityOutcome, Outcome, ReadBackOutcome } from '../domain/outcome.ts';
import type { Prices } from '../domain/post-cost.ts';
import type { ImageLimits, ServerLimits } from '../domain/server-limits.ts';

/** What a network can and cannot do; read by the composer, the scheduler and the publishing code. */
export interface Capabilities {
  /** Largest length of a text, in the network's own counting. */
  textLimit: number;
  /** What exactly-once rests on; a key that servers may forget or ignore is an addition to reading back. */
  idempotency: 'record-key' | 'idempotency-key' | 'read-back' | 'none';
  /** Which figures the network gives; the others are "not measured". */
  measures: readonly MeasureName[];
  replies: boolean;
  /** Whether a text may continue another one of ours. */
  threads: boolean;
  images: ImageLimits;
  /** What the network charges per post; not given where it charges nothing. */
  prices?: Prices;
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
  /** Where the network counts bytes as well. */
  bytes?: { length: number; limit: number };
  isWithin: boolean;
}

/** An image as it is sent, with the alt text that goes with it. */
interface PublishImage {
  bytes: Uint8Array;
  mimeType: string;
  altText: string;
}

export interface PublishRequest {
  text: string;
  language: string;
  /** Unique per delivery and part of a thread, the same for every attempt. */
  deliveryKey: string;
  /** In the order in which they are shown. */
  images?: readonly PublishImage[];
  /** Remote ids: the earlier post of ours that this text continues, and the first of that thread. */
  continues?: { parent: string; root: string };
  /** What `prepare` made of this request; on record before anything is published. */
  prepared?: string;
  /** Where the text comes from; a network with a label for it gets the label that it demands. */
  origin?: Origin;
  signal?: AbortSignal;
}

export type {
  Allowance,
  Credential,
  IdentityOutcome,
  Outcome,
  ReadBackOutcome,
  RegisteredApplication,
  ServerLimits,
};

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

export type RenewOutcome =
  /** The old credential is spent: keep this one before anything else happens. */
  | { kind: 'renewed'; credential: Credential }
  /** A person has to connect the account again. */
  | { kind: 'unauthorised'; detail: string }
  | { kind: 'failed'; detail: string };

/** For networks whose access runs out and is renewed without a person. */
export interface Renewal {
  /** null: this credential does not run out. */
  expiresAt(credential: Credential): Date | null;
  /** One request, never repeated by itself: a renewal may be good for one use only. */
  renew(credential: Credential): Promise<RenewOutcome>;
}

/** Preparing shows nothing to anybody, so it may fail, but never leave doubt behind. */
export type PrepareOutcome =
  /** `goodUntil`: when the network forgets it, well before it does; not given where it never does. */
  | { kind: 'prepared'; prepared: string; goodUntil?: Date }
  | Exclude<Outcome, { kind: 'accepted' | 'unknown' }>;

export type BeginOutcome =
  /** Everything but the address has to be kept until the person comes back. */
  | { kind: 'begun'; address: string; state: string; verifier: string; application: RegisteredApplication }
  | { kind: 'refused'; detail: string }
  | { kind: 'failed'; detail: string };

export type ConnectOutcome =
  | { kind: 'connected'; credential: Credential }
  | { kind: 'refused'; detail: string }
  | { kind: 'failed'; detail: string };

/** For networks where the account's owner agrees on the network's own page. */
export interface ConnectFlow {
  /** Makes the address of that page; registers the application first where a network wants that of a program. */
  begin(application: RegisteredApplication, returnTo: string): Promise<BeginOutcome>;
  finish(
    application: RegisteredApplication,
    answer: { code: string; verifier: string; returnTo: string },
  ): Promise<ConnectOutcome>;
}

/** For networks where the account's owner hands over a password that was made for this application alone. */
export interface PasswordFlow {
  /** Opens a session on the server of this host name. The password is not part of the credential. */
  signIn(given: { instance: string; identifier: string; password: string }): Promise<ConnectOutcome>;
}

/** The port: one adapter per network. Methods return outcomes and never throw for expected failures. */
export interface Platform {
  readonly network: Network;
  readonly capabilities: Capabilities;
  readonly renewal?: Renewal;
  readonly connectFlow?: ConnectFlow;
  readonly passwordFlow?: PasswordFlow;
  /** Counts a text as the network counts it, or as one server of it does; pure and fast. */
  countText(text: string, limits?: ServerLimits): TextCount;
  whoAmI(credential: Credential): Promise<IdentityOutcome>;
  /**
   * Uploads images with their alt texts and fixes what will be sent, as text that is kept on record first and handed
   * to `publish` and `readBack`. May be repeated, also when what was prepared before is over. Empty: there is nothing to keep.
   * Networks that need nothing of the kind leave it out.
   */
  prepare?(credential: Credential, request: PublishRequest): Promise<PrepareOutcome>;
  publish(credential: Credential, request: PublishRequest): Promise<Outcome>;
  /** Looks whether a request that left no answer is on the network after all. */
  readBack(credential: Credential, request: PublishRequest & { sentAfter: Date }): Promise<ReadBackOutcome>;
  /** Deletes a post. Accepted also when it is already gone. */
  withdraw(credential: Credential, remoteId: string): Promise<Outcome>;
  measure(credential: Credential, remoteIds: readonly string[]): Promise<MeasureOutcome>;
  /** Replies to one of our posts that are newer than `since`. */
  replies(credential: Credential, remoteId: string, since: Date | null): Promise<RepliesOutcome>;
}
