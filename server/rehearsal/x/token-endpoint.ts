import { type FormFields, readFields } from '../body.ts';
import type { Reply } from '../strike.ts';
import type { OpenCall, OpenEndpoint } from './endpoint.ts';
import type { Grant } from './events.ts';
import { ACCESS_TOKEN_SECONDS, giveGrant, renewGrant } from './grants.ts';
import type { XWorld } from './world.ts';

/** POST /2/oauth2/token: exchanges a code or a refresh token for a pair of tokens. */
export const token: OpenEndpoint = {
  name: 'token',
  act(call) {
    const fields = readFields(call.contentType, call.body);
    if (!isOurApp(call, fields))
      return refuse(401, 'unauthorized_client', 'Missing valid authorization header');
    const grantType = text(fields, 'grant_type');
    if (grantType === 'refresh_token') return refresh(call.world, fields);
    if (grantType === 'authorization_code') return exchange(call.world, fields);
    return refuse(400, 'unsupported_grant_type', 'Value passed for the grant type was invalid.');
  },
};

/** POST /2/oauth2/revoke: ends a grant by either of its tokens. Unknown tokens count as revoked (RFC 7009). */
export const revoke: OpenEndpoint = {
  name: 'revoke',
  act(call) {
    const fields = readFields(call.contentType, call.body);
    if (!isOurApp(call, fields))
      return refuse(401, 'unauthorized_client', 'Missing valid authorization header');
    const given = text(fields, 'token');
    const grant = call.world.registry
      .grants()
      .find((each) => [each.accessToken, each.refreshToken].includes(given));
    if (grant) call.world.journal.record({ type: 'grant-revoked', grantId: grant.grantId });
    return { status: 200, body: { revoked: true }, headers: {} };
  },
};

function refresh(world: XWorld, fields: FormFields): Reply {
  const given = text(fields, 'refresh_token');
  const grant = world.registry
    .grants()
    .find(({ refreshToken }) => refreshToken !== null && refreshToken === given);
  if (!grant) return refuse(400, 'invalid_request', 'Value passed for the token was invalid.');
  return tokens(renewGrant(world, grant));
}

function exchange(world: XWorld, fields: FormFields): Reply {
  const authorization = world.codes.take(text(fields, 'code'), {
    verifier: text(fields, 'code_verifier'),
    redirectUri: text(fields, 'redirect_uri'),
    now: world.clock.now(),
  });
  if (!authorization)
    return refuse(400, 'invalid_request', 'Value passed for the authorization code was invalid.');
  return tokens(giveGrant(world, authorization.userId, authorization.scopes));
}

function tokens(grant: Grant): Reply {
  const body = {
    token_type: 'bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    access_token: grant.accessToken,
    scope: grant.scopes.join(' '),
    ...(grant.refreshToken ? { refresh_token: grant.refreshToken } : {}),
  };
  return { status: 200, body, headers: { 'cache-control': 'no-store' } };
}

/** Ours is a confidential app: it shows its secret in the header, as section 2.3.1 of RFC 6749 prefers. */
function isOurApp({ world, authorization }: OpenCall, fields: FormFields): boolean {
  const app = world.registry.app;
  const basic = /^Basic\s+(\S+)$/i.exec(authorization)?.[1] ?? '';
  const [clientId, clientSecret] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodePart);
  const named = text(fields, 'client_id');
  const isNamedWell = named === '' || named === app?.clientId;
  return app !== null && isNamedWell && clientId === app.clientId && clientSecret === app.clientSecret;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refuse(status: number, error: string, description: string): Reply {
  return { status, body: { error, error_description: description }, headers: {} };
}

function text(fields: FormFields, name: string): string {
  return fields.get(name)?.toString('utf8') ?? '';
}
