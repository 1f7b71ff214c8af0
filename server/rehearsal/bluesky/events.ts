import type { LedgerEvent } from '../ledger.ts';
import type { StageEvent } from '../stage.ts';
import type { BlueskyAccount } from './account.ts';

/** A file that somebody uploaded. */
export interface StoredBlob {
  cid: string;
  did: string;
  mimeType: string;
  size: number;
  sha256: string;
  width: number | null;
  height: number | null;
}

/** A record in the repository of an account. */
export interface StoredRecord {
  uri: string;
  did: string;
  collection: string;
  recordKey: string;
  cid: string;
  /** In the JSON form of the lexicons. */
  value: Record<string, unknown>;
  /** When it came, whatever it says of itself. */
  indexedAt: string;
}

/** A refresh token by its id; each may be used until `endsAt`, in milliseconds since 1970. */
export interface RefreshToken {
  id: string;
  did: string;
  endsAt: number;
  /** What it was exchanged for; null while it was not. */
  nextId: string | null;
}

/** Everything that can happen on the network: the lines of its journal. */
export type BlueskyEvent =
  | LedgerEvent
  | StageEvent
  | { type: 'network-created'; secret: string }
  | { type: 'account-registered'; account: BlueskyAccount }
  | { type: 'account-removed'; did: string }
  | { type: 'refresh-token-kept'; token: RefreshToken }
  | { type: 'refresh-token-ended'; id: string }
  | { type: 'blob-stored'; blob: StoredBlob }
  | { type: 'record-written'; record: StoredRecord }
  | { type: 'record-deleted'; uri: string };
