import { TwitterApi } from 'twitter-api-v2';
import { z } from 'zod';
import type {
  ConnectFlow,
  ConnectOutcome,
  Credential,
  RegisteredApplication,
  Renewal,
  RenewOutcome,
} from '../platform.ts';
import { classify } from './classify.ts';
import { exchange, type XSettings } from './client.ts';
import { INCOMPLETE, isOAuth2, readCredential } from './credential.ts';

const TOKEN_ADDRESS = 'https://api.x.com/2/oauth2/token';
const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];

const tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** Renews OAuth 2.0 access. Refresh tokens are good for one use: the caller keeps the new one before using it. */
export function openRenewal(settings: XSettings): Renewal {
  return {
    expiresAt(credential) {
      const own = readCredential(credential);
      return own && isOAuth2(own) ? new Date(own.expiresAt) : null;
    },
    async renew(credential): Promise<RenewOutcome> {
      const own = readCredential(credential);
      if (!own || !isOAuth2(own)) return { kind: 'unauthorised', detail: INCOMPLETE };
      const application = { clientId: own.clientId, clientSecret: own.clientSecret ?? '' };
      const fields = { grant_type: 'refresh_token', refresh_token: own.refreshToken };
      const asked = await askForTokens(settings, application, fields);
      if (asked.kind === 'connected') {
        return { kind: 'renewed', credential: { ...credential, ...asked.credential } };
      }
      return { kind: asked.kind === 'refused' ? 'unauthorised' : 'failed', detail: asked.detail };
    },
  };
}

/** OAuth 2.0 with PKCE: the account's owner agrees on X's page, X hands back a code, the code becomes tokens. */
export function openConnectFlow(settings: XSettings): ConnectFlow {
  return {
    async begin(application, returnTo) {
      const client = new TwitterApi({ clientId: application.clientId });
      const link = client.generateOAuth2AuthLink(returnTo, { scope: SCOPES });
      const { pathname, search } = new URL(link.url);
      const address = `${settings.pagesAt}${pathname}${search}`;
      return { kind: 'begun', address, state: link.state, verifier: link.codeVerifier, application };
    },
    finish(application, { code, verifier, returnTo }) {
      const fields = {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: returnTo,
      };
      return askForTokens(settings, application, fields);
    },
  };
}

async function askForTokens(
  settings: XSettings,
  application: RegisteredApplication,
  fields: Record<string, string>,
): Promise<ConnectOutcome> {
  const { clientId, clientSecret } = application;
  const answer = await exchange(settings, {
    tokens: { clientId, ...(clientSecret && { clientSecret }) },
    secrets: [clientSecret, fields.code, fields.code_verifier, fields.refresh_token].filter(isLong),
    // RFC 6749 wants a form; the client would send JSON.
    send: (client) =>
      client.post(
        TOKEN_ADDRESS,
        { ...fields, client_id: clientId },
        { fullResponse: true, forceBodyMode: 'url' },
      ),
  });
  const given = answer.kind === 'answered' ? tokens.safeParse(answer.body).data : undefined;
  if (given) return { kind: 'connected', credential: toCredential(application, given, settings.now()) };
  const { kind, detail } = classify(answer, settings.now());
  return { kind: kind === 'refused' || kind === 'unauthorised' ? 'refused' : 'failed', detail };
}

/** What is short stands in words by chance. */
const isLong = (secret: string | undefined): secret is string => (secret?.length ?? 0) > 8;

function toCredential(
  { clientId, clientSecret }: RegisteredApplication,
  given: z.infer<typeof tokens>,
  now: Date,
): Credential {
  return {
    clientId,
    ...(clientSecret && { clientSecret }),
    accessToken: given.access_token,
    refreshToken: given.refresh_token,
    expiresAt: new Date(now.getTime() + given.expires_in * 1000).toISOString(),
  };
}
