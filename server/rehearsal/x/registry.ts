import { newSecret } from '../secret.ts';
import type { XAccount } from './account.ts';
import type { Grant, OAuth1Token, XApp, XEvent } from './events.ts';

/** Who is on the network and which keys open which account. Changes only through events. */
export class Registry {
  app: XApp | null = null;
  readonly #accounts = new Map<string, XAccount>();
  readonly #oauth1 = new Map<string, OAuth1Token>();
  readonly #grants = new Map<string, Grant>();

  apply(event: XEvent): void {
    switch (event.type) {
      case 'app-created':
        this.app = event.app;
        break;
      case 'account-registered':
        this.#accounts.set(event.account.userId, event.account);
        this.#oauth1.set(event.oauth1.accessToken, event.oauth1);
        break;
      case 'account-removed':
        this.#remove(event.userId);
        break;
      case 'grant-given':
        this.#grants.set(event.grant.grantId, event.grant);
        break;
      case 'grant-revoked':
        this.#grants.delete(event.grantId);
        break;
    }
  }

  accounts(): XAccount[] {
    return [...this.#accounts.values()];
  }

  account(userId: string): XAccount | undefined {
    return this.#accounts.get(userId);
  }

  /** Usernames do not distinguish small and capital letters. */
  named(username: string): XAccount | undefined {
    const wanted = username.toLowerCase();
    return this.accounts().find((account) => account.username.toLowerCase() === wanted);
  }

  oauth1Token(accessToken: string): OAuth1Token | undefined {
    return this.#oauth1.get(accessToken);
  }

  oauth1Of(userId: string): OAuth1Token | undefined {
    return [...this.#oauth1.values()].find((token) => token.userId === userId);
  }

  grants(): Grant[] {
    return [...this.#grants.values()];
  }

  #remove(userId: string): void {
    this.#accounts.delete(userId);
    for (const [key, token] of this.#oauth1) if (token.userId === userId) this.#oauth1.delete(key);
    for (const [key, grant] of this.#grants) if (grant.userId === userId) this.#grants.delete(key);
  }
}

export function newApp(): XApp {
  return {
    appId: 'rehearsal',
    appKey: newSecret(18),
    appSecret: newSecret(36),
    clientId: newSecret(24),
    clientSecret: newSecret(36),
  };
}
