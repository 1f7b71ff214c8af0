import type { Answer, Call, OpenCall } from './endpoint.ts';
import { invalidRequest, XrpcRefusal } from './refusal.ts';
import { endSession, giveSession, renewSession, type Session } from './tokens.ts';
import type { BlueskyWorld } from './world.ts';

/** com.atproto.server.createSession */
export function createSession({ world, input }: OpenCall): Answer {
  const { identifier, password } = input as { identifier: string; password: string };
  const account = world.registry.account(identifier);
  if (!account || account.appPassword !== password) {
    throw new XrpcRefusal(401, 'AuthenticationRequired', 'Invalid identifier or password');
  }
  return { ...answer(world, account.did, giveSession(world, account.did)), username: account.username };
}

/** com.atproto.server.refreshSession, with the refresh token as the bearer's. */
export function refreshSession({ world, token }: OpenCall): Answer {
  const { did, session } = renewSession(world, token);
  return answer(world, did, session);
}

/** com.atproto.server.deleteSession */
export function deleteSession({ world, token }: OpenCall): Answer {
  endSession(world, token);
  return { body: undefined };
}

/** com.atproto.server.getSession */
export function getSession({ account }: Call): Answer {
  const { did, username } = account;
  return { body: { did, handle: username, didDoc: documentOf(did, username), active: true } };
}

/** com.atproto.server.describeServer */
export function describeServer(): Answer {
  const body = { did: 'did:web:bsky.test', availableUserDomains: ['.bsky.test'], inviteCodeRequired: true };
  return { body: { ...body, links: {}, contact: {} } };
}

/** com.atproto.identity.resolveHandle */
export function resolveHandle({ world, params }: OpenCall): Answer {
  const account = world.registry.account(String(params.handle));
  if (!account) throw invalidRequest('Unable to resolve handle');
  return { body: { did: account.did } };
}

function answer({ registry }: BlueskyWorld, did: string, { accessJwt, refreshJwt }: Session): Answer {
  const handle = registry.account(did)?.username ?? 'handle.invalid';
  return { body: { did, handle, didDoc: documentOf(did, handle), accessJwt, refreshJwt, active: true } };
}

/** Accounts of bsky.social live on servers with names of their own. */
function documentOf(did: string, handle: string) {
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    alsoKnownAs: [`at://${handle}`],
    service: [
      {
        id: '#atproto_pds',
        type: 'AtprotoPersonalDataServer',
        serviceEndpoint: 'https://rehearsal.us-east.host.bsky.network',
      },
    ],
  };
}
