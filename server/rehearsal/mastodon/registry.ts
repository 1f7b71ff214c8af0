import type { MastodonAccount } from './account.ts';
import type { AccessToken, App, MastodonEvent } from './events.ts';

/** Who is on the network, and which programs may act for whom. Changes only through events. */
export class Registry {
  readonly #apps = new Map<string, App>();
  readonly #accounts = new Map<string, MastodonAccount>();
  readonly #tokens = new Map<string, AccessToken>();

  apply(event: MastodonEvent): void {
    if (event.type === 'app-registered') this.#apps.set(event.app.clientId, event.app);
    if (event.type === 'account-registered') this.#accounts.set(event.account.userId, event.account);
    if (event.type === 'account-removed') this.#remove(event.userId);
    if (event.type === 'token-given') this.#tokens.set(event.token.accessToken, event.token);
    if (event.type === 'token-revoked') this.#tokens.delete(event.accessToken);
  }

  app(clientId: string): App | undefined {
    return this.#apps.get(clientId);
  }

  appNamed(name: string): App | undefined {
    return [...this.#apps.values()].find((app) => app.name === name);
  }

  accounts(): MastodonAccount[] {
    return [...this.#accounts.values()];
  }

  account(userId: string): MastodonAccount | undefined {
    return this.#accounts.get(userId);
  }

  /** Usernames do not distinguish small and capital letters. */
  named(username: string): MastodonAccount | undefined {
    const wanted = username.toLowerCase();
    return this.accounts().find((account) => account.username.toLowerCase() === wanted);
  }

  token(accessToken: string): AccessToken | undefined {
    return this.#tokens.get(accessToken);
  }

  tokenOf(userId: string, clientId: string): AccessToken | undefined {
    return [...this.#tokens.values()].find((token) => token.userId === userId && token.clientId === clientId);
  }

  #remove(userId: string): void {
    this.#accounts.delete(userId);
    for (const [key, token] of this.#tokens) if (token.userId === userId) this.#tokens.delete(key);
  }
}
