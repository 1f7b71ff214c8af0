import { z } from 'zod';
import { newSecret } from '../secret.ts';
import type { Answer, OpenCall } from './endpoint.ts';
import type { AccessToken, App } from './events.ts';
import { invalid, MastodonProblem } from './problem.ts';
import type { MastodonWorld } from './world.ts';

/** What a program may ask for, in words; as far as the stand-in goes. */
export const SCOPES: Readonly<Record<string, string>> = {
  read: 'See everything of your account',
  'read:accounts': 'See your profile',
  'read:statuses': 'See posts',
  write: 'Change everything of your account',
  'write:statuses': 'Publish and delete posts',
  'write:media': 'Upload pictures',
};

const lines = z.string().transform((text) => text.split(/\s+/).filter(Boolean));

const appForm = z.object({
  client_name: z.string().min(1, "Client name can't be blank").max(100),
  redirect_uris: z.union([lines, z.array(z.string())]).pipe(z.array(z.url()).min(1)),
  scopes: lines.default(['read']),
  website: z.string().nullish(),
});

/** POST /api/v1/apps: lets a program register itself. */
export function registerApp({ world, parameters }: OpenCall): Answer {
  const parsed = appForm.safeParse(parameters);
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? 'is invalid');
  const { client_name, redirect_uris, scopes, website } = parsed.data;
  if (!scopes.every((scope) => Object.hasOwn(SCOPES, scope)))
    throw invalid("Scopes doesn't match configured on the server.");
  const app = newApp(world, {
    name: client_name,
    redirectUris: redirect_uris,
    scopes,
    website: website ?? null,
  });
  return {
    body: {
      id: app.id,
      name: app.name,
      website: app.website,
      scopes: app.scopes,
      redirect_uri: app.redirectUris.join('\n'),
      redirect_uris: app.redirectUris,
      client_id: app.clientId,
      client_secret: app.clientSecret,
      client_secret_expires_at: 0,
      vapid_key: '',
    },
  };
}

export function newApp(
  world: MastodonWorld,
  asked: Pick<App, 'name' | 'redirectUris' | 'scopes' | 'website'>,
): App {
  const app: App = {
    id: world.ids.next(world.clock.now()),
    ...asked,
    clientId: newSecret(32),
    clientSecret: newSecret(32),
  };
  world.journal.record({ type: 'app-registered', app });
  return app;
}

/** POST /oauth/token: exchanges a code for a token. */
export function exchangeCode({ world, parameters }: OpenCall): Answer {
  const given = (name: string) => String(parameters[name] ?? '');
  const app = ourApp(world, given('client_id'), given('client_secret'));
  if (given('grant_type') !== 'authorization_code') {
    throw new MastodonProblem(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported.',
    );
  }
  const authorization = world.codes.take(given('code'), {
    verifier: given('code_verifier'),
    redirectUri: given('redirect_uri'),
    now: world.clock.now(),
  });
  if (!authorization) {
    throw new MastodonProblem(
      400,
      'invalid_grant',
      'The provided authorization grant is invalid, expired or revoked.',
    );
  }
  const token = giveToken(world, { userId: authorization.userId, app, scopes: authorization.scopes });
  const created = Math.floor(token.createdAt / 1000);
  const scope = token.scopes.join(' ');
  return {
    body: { access_token: token.accessToken, token_type: 'Bearer', scope, created_at: created },
    headers: { 'cache-control': 'no-store' },
  };
}

/** POST /oauth/revoke */
export function revokeToken({ world, parameters }: OpenCall): Answer {
  const given = (name: string) => String(parameters[name] ?? '');
  const app = ourApp(world, given('client_id'), given('client_secret'));
  const token = world.registry.token(given('token'));
  if (token && token.clientId !== app.clientId) {
    throw new MastodonProblem(403, 'unauthorized_client', 'You are not authorized to revoke this token');
  }
  if (token) world.journal.record({ type: 'token-revoked', accessToken: token.accessToken });
  return { body: {} };
}

/** Gives a program what a person allowed it. */
export function giveToken(
  world: MastodonWorld,
  { userId, app, scopes }: { userId: string; app: App; scopes: string[] },
): AccessToken {
  const token = {
    accessToken: newSecret(32),
    clientId: app.clientId,
    userId,
    scopes,
    createdAt: world.clock.now(),
  };
  world.journal.record({ type: 'token-given', token });
  return token;
}

function ourApp({ registry }: MastodonWorld, clientId: string, clientSecret: string): App {
  const app = registry.app(clientId);
  if (app && app.clientSecret === clientSecret) return app;
  throw new MastodonProblem(401, 'invalid_client', 'Client authentication failed due to unknown client.');
}
