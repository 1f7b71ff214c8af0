import type { TempoChange } from '../audience/tempo.ts';
import type { LedgerEvent } from '../ledger.ts';
import type { MediaEvent } from '../media-store.ts';
import type { MastodonAccount } from './account.ts';

/** A program that has registered itself. */
export interface App {
  id: string;
  name: string;
  website: string | null;
  redirectUris: string[];
  scopes: string[];
  clientId: string;
  clientSecret: string;
}

/** What a person allowed a program to do; it does not run out. */
export interface AccessToken {
  accessToken: string;
  clientId: string;
  userId: string;
  scopes: string[];
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** Everything that can happen on the network: the lines of its journal. */
export type MastodonEvent =
  | LedgerEvent
  | MediaEvent
  | { type: 'app-registered'; app: App }
  | { type: 'account-registered'; account: MastodonAccount }
  | { type: 'account-removed'; userId: string }
  | { type: 'token-given'; token: AccessToken }
  | { type: 'token-revoked'; accessToken: string }
  | ({ type: 'tempo-changed' } & TempoChange);
