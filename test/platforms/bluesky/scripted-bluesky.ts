import { openBluesky } from '../../../server/platforms/bluesky/open.ts';
import { json, type Scripted, useScripted } from '../scripted.ts';

export const NOW = new Date('2014-10-14T07:00:00Z');

export const SESSION = {
  instance: 'bsky.social',
  pds: 'morel.us-east.host.bsky.network',
  did: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz',
  handle: 'comehome.bsky.social',
  accessToken: 'access-token-canary',
  refreshToken: 'refresh-token-canary',
  expiresAt: '2014-10-14T09:00:00.000Z',
};

/** Starts a scripted server for the enclosing suite. */
export function useScriptedBluesky(): Scripted {
  return useScripted((agent) => openBluesky({ agent, timeoutMs: 300, now: () => NOW }));
}

export function refusal(status: number, error: string, headers: Record<string, string> = {}) {
  return json(status, { error, message: `because of ${error}` }, headers);
}
