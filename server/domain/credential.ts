/** What opens one account on its network, decrypted; which fields it has is the network's affair. */
export type Credential = Readonly<Record<string, string>>;

/** What the organisation was given by the network when it registered its application. */
export interface RegisteredApplication {
  clientId: string;
  clientSecret: string;
  /** Host name of the account's own server, where a network consists of many. */
  instance?: string;
}
