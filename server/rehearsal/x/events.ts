import type { TempoChange } from '../audience/tempo.ts';
import type { LedgerEvent } from '../ledger.ts';
import type { MediaEvent } from '../media-store.ts';
import type { XAccount } from './account.ts';

export interface XApp {
  appId: string;
  appKey: string;
  appSecret: string;
  clientId: string;
  clientSecret: string;
}

/** An OAuth 1.0a access token; it lives until the account is removed. */
export interface OAuth1Token {
  userId: string;
  accessToken: string;
  accessSecret: string;
}

/** What a person allowed the app to do, with its present pair of tokens. */
export interface Grant {
  grantId: string;
  userId: string;
  scopes: string[];
  accessToken: string;
  /** Null without the scope offline.access. */
  refreshToken: string | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Everything that can happen on the network: the lines of its journal. */
export type XEvent =
  | LedgerEvent
  | { type: 'app-created'; app: XApp }
  | { type: 'account-registered'; account: XAccount; oauth1: OAuth1Token }
  | { type: 'account-removed'; userId: string }
  | { type: 'grant-given'; grant: Grant }
  | { type: 'grant-revoked'; grantId: string }
  | MediaEvent
  | ({ type: 'tempo-changed' } & TempoChange);
