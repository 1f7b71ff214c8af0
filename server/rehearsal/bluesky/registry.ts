import type { BlueskyAccount } from './account.ts';
import { handleOf } from './account.ts';
import type { BlueskyEvent, RefreshToken } from './events.ts';

/** Who is on the network and which tokens may be exchanged. Changes only through events. */
export class Registry {
  /** Signs the tokens; null until the network has been created. */
  secret: string | null = null;
  readonly #accounts = new Map<string, BlueskyAccount>();
  readonly #tokens = new Map<string, RefreshToken>();

  apply(event: BlueskyEvent): void {
    switch (event.type) {
      case 'network-created':
        this.secret = event.secret;
        break;
      case 'account-registered':
        this.#accounts.set(event.account.did, event.account);
        break;
      case 'account-removed':
        this.#remove(event.did);
        break;
      case 'refresh-token-kept':
        this.#tokens.set(event.token.id, event.token);
        break;
      case 'refresh-token-ended':
        this.#tokens.delete(event.id);
        break;
    }
  }

  accounts(): BlueskyAccount[] {
    return [...this.#accounts.values()];
  }

  /** By its id, its handle, or the part of the handle before the domain. */
  account(didOrHandle: string): BlueskyAccount | undefined {
    const wanted = didOrHandle.toLowerCase();
    return (
      this.#accounts.get(didOrHandle) ??
      this.accounts().find(({ username }) => [wanted, handleOf(wanted)].includes(username))
    );
  }

  refreshToken(id: string): RefreshToken | undefined {
    return this.#tokens.get(id);
  }

  #remove(did: string): void {
    this.#accounts.delete(did);
    for (const [id, token] of this.#tokens) if (token.did === did) this.#tokens.delete(id);
  }
}
