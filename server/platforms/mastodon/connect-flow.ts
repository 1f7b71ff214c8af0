import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { BeginOutcome, ConnectFlow, ConnectOutcome, RegisteredApplication } from '../platform.ts';
import { classify } from './classify.ts';
import { isInstance } from './credential.ts';
import { type Answer, ask, type MastodonSettings } from './request.ts';

/** No more than is used: whatever a token cannot do, nobody who steals it can do either. */
const SCOPES = 'read:accounts read:statuses write:statuses write:media';

const registered = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });
const tokens = z.object({ access_token: z.string().min(1) });

const NO_INSTANCE: { kind: 'refused'; detail: string } = {
  kind: 'refused',
  detail: 'No server was named.',
};

/**
 * OAuth 2.0 with PKCE on the account's own server, where the application is registered first: the owner agrees on the
 * server's page, which hands back a code, and the code becomes a token.
 */
export function openConnectFlow(settings: MastodonSettings): ConnectFlow {
  return {
    begin: (application, returnTo) => begin(settings, application, returnTo),
    finish: (application, answer) => finish(settings, application, answer),
  };
}

async function begin(
  settings: MastodonSettings,
  { instance }: RegisteredApplication,
  returnTo: string,
): Promise<BeginOutcome> {
  if (!instance || !isInstance(instance)) return NO_INSTANCE;
  const newer = await register(settings, instance, [returnTo]);
  // Mastodon takes a list since 4.3; before, as on other makes, an address.
  const answer = newer.kind === 'denied' ? await register(settings, instance, returnTo) : newer;
  const given = readApplication(answer);
  if (!given) return refusal(settings, answer);
  const verifier = randomBytes(48).toString('base64url');
  const state = randomBytes(24).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: given.client_id,
    redirect_uri: returnTo,
    scope: SCOPES,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return {
    kind: 'begun',
    address: `${settings.pagesAt ?? `https://${instance}`}/oauth/authorize?${query}`,
    state,
    verifier,
    application: { clientId: given.client_id, clientSecret: given.client_secret, instance },
  };
}

function register(
  settings: MastodonSettings,
  instance: string,
  redirectUris: string | readonly string[],
): Promise<Answer> {
  const body = { client_name: 'Rejoinder', redirect_uris: redirectUris, scopes: SCOPES };
  return ask(settings, { instance }, { method: 'POST', path: '/api/v1/apps', body });
}

const readApplication = (answer: Answer) =>
  answer.kind === 'answered' ? registered.safeParse(answer.body).data : undefined;

async function finish(
  settings: MastodonSettings,
  { instance, clientId, clientSecret }: RegisteredApplication,
  { code, verifier, returnTo }: { code: string; verifier: string; returnTo: string },
): Promise<ConnectOutcome> {
  if (!instance || !isInstance(instance)) return NO_INSTANCE;
  const answer = await ask(
    settings,
    { instance, secrets: [clientSecret, code, verifier].filter(Boolean) },
    {
      method: 'POST',
      path: '/oauth/token',
      // RFC 6749 wants a form.
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: returnTo,
        scope: SCOPES,
      }),
    },
  );
  const given = answer.kind === 'answered' ? tokens.safeParse(answer.body).data : undefined;
  if (!given) return refusal(settings, answer);
  return {
    kind: 'connected',
    credential: { instance, accessToken: given.access_token, clientId, clientSecret },
  };
}

function refusal(settings: MastodonSettings, answer: Answer): { kind: 'refused' | 'failed'; detail: string } {
  const { kind, detail } = classify(answer, settings.now());
  return { kind: kind === 'refused' || kind === 'unauthorised' ? 'refused' : 'failed', detail };
}
