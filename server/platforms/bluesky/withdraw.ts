import type { Credential, Outcome } from '../platform.ts';
import { accepted, recordKeyIn } from './address.ts';
import { classify } from './classify.ts';
import { ask, type BlueskySettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { POSTS } from './record.ts';

/** Deletes one post. The server says the same whether it was there or not, so the request may be repeated. */
export async function withdraw(
  settings: BlueskySettings,
  credential: Credential,
  remoteId: string,
): Promise<Outcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const rkey = recordKeyIn(own, remoteId);
  if (!rkey) return { kind: 'refused', detail: 'This is not a post of this account.' };
  const answer = await ask(settings, own, {
    method: 'com.atproto.repo.deleteRecord',
    data: { repo: own.did, collection: POSTS, rkey },
    encoding: 'application/json',
  });
  return answer.kind === 'answered' ? accepted(settings, own, remoteId) : classify(answer, settings.now());
}
