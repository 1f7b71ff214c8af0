import { z } from 'zod';
import type { Credential, PasswordFlow, Renewal } from '../platform.ts';
import type { Answer } from './answer.ts';
import { classify } from './classify.ts';
import { type BlueskySettings, exchange } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { tokenEnd } from './token-end.ts';

const session = z.object({
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  did: z.string().startsWith('did:'),
  handle: z.string().min(1),
  didDoc: z.unknown().optional(),
});

type Session = z.infer<typeof session>;

const documentWithServices = z.object({
  service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })),
});

/** Opens a session with a handle and an app password; the password is used once and not kept. */
export function openPasswordFlow(settings: BlueskySettings): PasswordFlow {
  return {
    async signIn({ instance, identifier, password }) {
      const answer = await exchange(
        settings,
        { server: instance, token: null, secrets: [password] },
        {
          method: 'com.atproto.server.createSession',
          data: { identifier, password },
          encoding: 'application/json',
        },
      );
      const opened = readSession(answer);
      if (opened) return { kind: 'connected', credential: toCredential(settings, instance, opened) };
      const { kind, detail } = classify(answer, settings.now());
      return { kind: kind === 'refused' || kind === 'unauthorised' ? 'refused' : 'failed', detail };
    },
  };
}

/**
 * Renews a session. The refresh token changes with every use; for a while the old one still gives the same new one
 * (two hours in Bluesky's own server), so a crash between answer and storage costs nothing.
 */
export function openRenewal(settings: BlueskySettings): Renewal {
  return {
    expiresAt(credential) {
      const own = readCredential(credential);
      return own ? new Date(own.expiresAt) : null;
    },
    async renew(credential) {
      const own = readCredential(credential);
      if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
      const answer = await exchange(
        settings,
        { server: own.instance, token: own.refreshToken, secrets: [own.accessToken, own.refreshToken] },
        { method: 'com.atproto.server.refreshSession' },
      );
      const renewed = readSession(answer);
      if (renewed?.did === own.did) {
        return {
          kind: 'renewed',
          credential: { ...credential, ...toCredential(settings, own.instance, renewed) },
        };
      }
      const { kind, detail } = classify(answer, settings.now());
      return { kind: kind === 'refused' || kind === 'unauthorised' ? 'unauthorised' : 'failed', detail };
    },
  };
}

const readSession = (answer: Answer) =>
  answer.kind === 'answered' ? session.safeParse(answer.body).data : undefined;

function toCredential(settings: BlueskySettings, instance: string, opened: Session): Credential {
  const pds = ownServerIn(opened.didDoc);
  return {
    instance,
    ...(pds && pds !== instance && { pds }),
    did: opened.did,
    handle: opened.handle,
    accessToken: opened.accessJwt,
    refreshToken: opened.refreshJwt,
    expiresAt: tokenEnd(opened.accessJwt, settings.now()).toISOString(),
  };
}

/** Accounts that sign in at bsky.social live on one of its many servers; nobody else's word sends us elsewhere. */
const OWN_SERVERS = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.host\.bsky\.network$/;

/** The server that the account's own document names, if it is one of Bluesky's. */
function ownServerIn(document: unknown): string | null {
  const services = documentWithServices.safeParse(document).data?.service ?? [];
  const endpoint = services.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return null;
  const { protocol, port, hostname } = new URL(endpoint);
  return protocol === 'https:' && port === '' && OWN_SERVERS.test(hostname) ? hostname : null;
}
