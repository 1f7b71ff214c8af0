import type { Network } from '../domain/network.ts';
import type { Platform } from './platform.ts';
import { RehearsalAgent } from './rehearsal-agent.ts';
import { openX } from './x/open.ts';

export interface PlatformsOptions {
  /** Where the stand-in for X answers; null: the real network. */
  rehearsalXUrl: string | null;
}

/** Opens an adapter for every network that this installation can speak to. */
export function openPlatforms({
  rehearsalXUrl,
}: PlatformsOptions): Readonly<Partial<Record<Network, Platform>>> {
  return {
    x: rehearsalXUrl
      ? openX({ agent: new RehearsalAgent(rehearsalXUrl), pagesAt: rehearsalXUrl })
      : openX({}),
  };
}
