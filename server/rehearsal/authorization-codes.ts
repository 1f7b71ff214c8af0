import { createHash } from 'node:crypto';
import { newSecret } from './secret.ts';

/** How long a code waits to be exchanged. */
const LIFETIME_MS = 30_000;

/** What a person agreed to, until the app fetches its tokens. */
export interface Authorization {
  userId: string;
  scopes: string[];
  redirectUri: string;
  codeChallenge: string;
  challengeMethod: 'S256' | 'plain';
}

/** Codes of the authorization page: each works once, for a short time, and only with its verifier (RFC 7636). */
export class AuthorizationCodes {
  readonly #pending = new Map<string, Authorization & { expiresAt: number }>();

  give(authorization: Authorization, now: number): string {
    const code = newSecret(48);
    this.#pending.set(code, { ...authorization, expiresAt: now + LIFETIME_MS });
    return code;
  }

  /** Uses the code up, whether it fits or not; null when it does not. */
  take(code: string, { verifier, redirectUri, now }: { verifier: string; redirectUri: string; now: number }) {
    const pending = this.#pending.get(code);
    this.#pending.delete(code);
    if (!pending || pending.expiresAt <= now || pending.redirectUri !== redirectUri) return null;
    const challenge =
      pending.challengeMethod === 'plain'
        ? verifier
        : createHash('sha256').update(verifier).digest('base64url');
    return challenge === pending.codeChallenge ? pending : null;
  }
}
