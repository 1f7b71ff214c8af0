import { z } from 'zod';
import type { Credential, IdentityOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { INCOMPLETE, type MastodonCredential, readCredential } from './credential.ts';
import { readLimits } from './limits.ts';
import { ask, type MastodonSettings } from './request.ts';

const me = z.object({
  id: z.string().min(1),
  username: z.string().min(1),
  display_name: z.string().catch('').default(''),
});

/** Asks the server whose credential this is, and what it allows there. */
export async function whoAmI(settings: MastodonSettings, credential: Credential): Promise<IdentityOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const identity = await identify(settings, own);
  if (identity.kind !== 'known') return identity;
  const limits = await readLimits(settings, own);
  return limits ? { ...identity, limits } : identity;
}

/** The account's own id: from the credential where connecting wrote it, else asked for; null when nobody says. */
export async function ownId(settings: MastodonSettings, own: MastodonCredential): Promise<string | null> {
  if (own.remoteId) return own.remoteId;
  const identity = await identify(settings, own);
  return identity.kind === 'known' ? identity.remoteId : null;
}

async function identify(settings: MastodonSettings, own: MastodonCredential): Promise<IdentityOutcome> {
  const answer = await ask(settings, own, { method: 'GET', path: '/api/v1/accounts/verify_credentials' });
  const known = answer.kind === 'answered' ? me.safeParse(answer.body).data : undefined;
  if (known) {
    const { id, username, display_name } = known;
    const handle = `${username}@${own.instance}`;
    return { kind: 'known', remoteId: id, handle, displayName: display_name || username };
  }
  const { kind, detail } = classify(answer, settings.now());
  return kind === 'unauthorised' ? { kind, detail } : { kind: 'failed', detail };
}
