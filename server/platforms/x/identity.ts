import { z } from 'zod';
import type { Credential, IdentityOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { ask, type XSettings } from './client.ts';
import { INCOMPLETE, readCredential, type XCredential } from './credential.ts';

const me = z.object({ data: z.object({ id: z.string().min(1), username: z.string(), name: z.string() }) });

/** Asks X whose credential this is. */
export async function whoAmI(settings: XSettings, credential: Credential): Promise<IdentityOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const answer = await ask(settings, own, (client) => client.v2.get('users/me', {}, { fullResponse: true }));
  const known = answer.kind === 'answered' ? me.safeParse(answer.body).data?.data : undefined;
  if (known) {
    return { kind: 'known', remoteId: known.id, handle: known.username, displayName: known.name };
  }
  const { kind, detail } = classify(answer, settings.now());
  return kind === 'unauthorised' ? { kind, detail } : { kind: 'failed', detail };
}

/** The account's own id: from the credential where connecting wrote it, else asked for; null when X does not say. */
export async function ownId(settings: XSettings, own: XCredential): Promise<string | null> {
  if (own.remoteId) return own.remoteId;
  const identity = await whoAmI(settings, own as Credential);
  return identity.kind === 'known' ? identity.remoteId : null;
}
