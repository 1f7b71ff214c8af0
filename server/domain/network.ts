export const NETWORKS = ['x', 'mastodon', 'bluesky'] as const;
export type Network = (typeof NETWORKS)[number];

/** Networks as their own people write them; names are not translated. */
export const NETWORK_NAMES: Readonly<Record<Network, string>> = {
  x: 'X',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
};

/** Whether a word from outside is the name of a network. */
export function isNetwork(name: unknown): name is Network {
  return NETWORKS.some((network) => network === name);
}
