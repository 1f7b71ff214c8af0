import type { Network } from '../domain/network.ts';
import { openBluesky } from './bluesky/open.ts';
import { openMastodon } from './mastodon/open.ts';
import type { Platform } from './platform.ts';
import { RehearsalAgent } from './rehearsal-agent.ts';
import { openX } from './x/open.ts';

export interface PlatformsOptions {
  /** Where the stand-in for each network answers; null: the real networks. */
  rehearsal: Readonly<Record<Network, string>> | null;
}

/** Opens an adapter for every network that this installation can speak to. */
export function openPlatforms({ rehearsal }: PlatformsOptions): Readonly<Partial<Record<Network, Platform>>> {
  const way = (network: Network) =>
    rehearsal ? { agent: new RehearsalAgent(rehearsal[network]), pagesAt: rehearsal[network] } : {};
  return {
    x: openX(way('x')),
    mastodon: openMastodon(way('mastodon')),
    bluesky: openBluesky(way('bluesky')),
  };
}
