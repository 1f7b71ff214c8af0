import { AtUri } from '@atproto/api';
import type { Outcome } from '../platform.ts';
import type { BlueskySettings } from './client.ts';
import type { BlueskyCredential } from './credential.ts';
import { POSTS } from './record.ts';

/** Where the post of a record key is, or will be. */
export function uriOf({ did }: BlueskyCredential, recordKey: string): string {
  return AtUri.make(did, POSTS, recordKey).toString();
}

/** The record key of a post of this account; null when the address is none. */
export function recordKeyIn({ did }: BlueskyCredential, uri: string): string | null {
  const [, repo, collection, recordKey] = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri) ?? [];
  return repo === did && collection === POSTS && recordKey ? recordKey : null;
}

export function accepted(
  { pagesAt }: BlueskySettings,
  { handle }: BlueskyCredential,
  uri: string,
): Extract<Outcome, { kind: 'accepted' }> {
  return {
    kind: 'accepted',
    remoteId: uri,
    remoteUrl: `${pagesAt}/profile/${handle}/post/${new AtUri(uri).rkey}`,
  };
}
