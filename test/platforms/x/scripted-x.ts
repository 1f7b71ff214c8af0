import { openX } from '../../../server/platforms/x/open.ts';
import { json, type Scripted, useScripted } from '../scripted.ts';

export const NOW = new Date('2014-10-14T07:00:00Z');

export const KEYS = {
  appKey: 'app-key-canary',
  appSecret: 'app-secret-canary',
  accessToken: '77-access-token-canary',
  accessSecret: 'access-secret-canary',
  remoteId: '77',
};

/** Starts a scripted X for the enclosing suite. */
export function useScriptedX(): Scripted {
  return useScripted((agent) => openX({ agent, timeoutMs: 300, now: () => NOW }));
}

export function problem(status: number, detail: string, more: Record<string, unknown> = {}) {
  const body = { title: 'Problem', type: 'about:blank', status, detail, ...more };
  return json(status, body, { 'content-type': 'application/problem+json' });
}
