import { lexicons } from '@atproto/api';
import type { BlueskyCredentials } from '../../../server/rehearsal/bluesky/network.ts';
import { type OpenRehearsal, useRehearsal } from '../support.ts';

interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface OpenBlueskyRehearsal {
  rehearsal: OpenRehearsal;
  readonly keys: BlueskyCredentials;
  /** Asks a method as a program would; a success must be in the form that the lexicon promises. */
  ask(method: string, more?: { params?: object; input?: object; token?: string }): Promise<Answered>;
  /** Asks for a record to be put where nothing is. */
  put(record: object, more?: object): Promise<Answered>;
}

/** A fresh network with one account for each test. */
export function useBlueskyRehearsal(): OpenBlueskyRehearsal {
  const rehearsal = useRehearsal();
  let keys: BlueskyCredentials;

  beforeEach(async () => {
    keys = await rehearsal.current.bluesky.registerAccount({ username: 'come_home', name: 'Come <Home>' });
  });

  async function ask(
    method: string,
    { params = {}, input, token = keys.session.accessToken }: Parameters<OpenBlueskyRehearsal['ask']>[1] = {},
  ): Promise<Answered> {
    const query = new URLSearchParams(
      Object.entries(params).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, String(one)]),
      ),
    );
    const response = await fetch(`${rehearsal.current.url}/xrpc/${method}?${query}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(input && { method: 'POST', body: JSON.stringify(input) }),
    });
    const body = (await response.json()) as Answered['body'];
    if (response.ok) lexicons.assertValidXrpcOutput(method, body);
    return { status: response.status, headers: response.headers, body };
  }

  return {
    rehearsal,
    get keys() {
      return keys;
    },
    ask,
    put: (record, more = {}) =>
      ask('com.atproto.repo.putRecord', {
        input: {
          repo: keys.did,
          collection: 'app.bsky.feed.post',
          rkey: '3m6eackqu4lmz',
          swapRecord: null,
          record,
          ...more,
        },
      }),
  };
}
