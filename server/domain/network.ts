export const NETWORKS = ['x', 'mastodon', 'bluesky'] as const;
export type Network = (typeof NETWORKS)[number];

/** Networks as their own people write them; names are not translated. */
export const NETWORK_NAMES: Readonly<Record<Network, string>> = {
  x: 'X',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
};
