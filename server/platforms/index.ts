import type { Network } from '../domain/network.ts';
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
  return {
    mastodon: rehearsal
      ? openMastodon({ agent: new RehearsalAgent(rehearsal.mastodon), pagesAt: rehearsal.mastodon })
      : openMastodon({}),
    x: rehearsal ? openX({ agent: new RehearsalAgent(rehearsal.x), pagesAt: rehearsal.x }) : openX({}),
  };
}
