import { openMastodon } from '../../../server/platforms/mastodon/open.ts';
import { type Scripted, useScripted } from '../scripted.ts';

export const NOW = new Date('2014-10-14T07:00:00Z');

export const KEYS = { instance: 'social.example', accessToken: 'access-token-canary', remoteId: '77' };

/** A server as one test wants it. */
export function useScriptedMastodon(): Scripted {
  return useScripted((agent) => openMastodon({ agent, timeoutMs: 300, pollMs: 5, now: () => NOW }));
}

/** A status as a server gives it. */
export function aStatus(fields: Record<string, unknown> = {}) {
  return {
    id: '99',
    created_at: '2014-10-14T07:00:00.000Z',
    content: '<p>You can still call. 24 h.</p>',
    url: 'https://social.example/@comehome/99',
    account: { id: '77' },
    ...fields,
  };
}
