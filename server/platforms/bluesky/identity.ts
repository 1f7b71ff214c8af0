import { AtUri } from '@atproto/api';
import { z } from 'zod';
import type { Credential, IdentityOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { ask, type BlueskySettings } from './client.ts';
import { type BlueskyCredential, INCOMPLETE, readCredential } from './credential.ts';
import { fetchRecord } from './fetch-record.ts';

const session = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string().min(1),
  /** Not given: a server that knows no other state. */
  active: z.boolean().default(true),
  status: z.string().default('inactive'),
});

/** Asks the server whose session this is, and under which name people see the account. */
export async function whoAmI(settings: BlueskySettings, credential: Credential): Promise<IdentityOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const answer = await ask(settings, own, { method: 'com.atproto.server.getSession' });
  const known = answer.kind === 'answered' ? session.safeParse(answer.body).data : undefined;
  if (!known) {
    const { kind, detail } = classify(answer, settings.now());
    return kind === 'unauthorised' ? { kind, detail } : { kind: 'failed', detail };
  }
  if (!known.active)
    return { kind: 'unauthorised', detail: `Bluesky says that the account is ${known.status}.` };
  const { did, handle } = known;
  return { kind: 'known', remoteId: did, handle, displayName: await displayName(settings, own, handle) };
}

/** From the account's own record of its profile: not every server has an application view to ask. */
async function displayName(
  settings: BlueskySettings,
  own: BlueskyCredential,
  handle: string,
): Promise<string> {
  const look = await fetchRecord(
    settings,
    own,
    AtUri.make(own.did, 'app.bsky.actor.profile', 'self').toString(),
  );
  const name = look.kind === 'found' ? look.record.value.displayName : null;
  return typeof name === 'string' && name.trim() !== '' ? name : handle;
}
