import { randomUUID } from 'node:crypto';
import { newSecret } from '../secret.ts';
import type { Grant } from './events.ts';
import type { XWorld } from './world.ts';

export const ACCESS_TOKEN_SECONDS = 7_200;

export const ALL_SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];

/** Gives the app a new pair of tokens for an account. */
export function giveGrant(world: XWorld, userId: string, scopes: readonly string[]): Grant {
  return issue(world, { grantId: randomUUID(), userId, scopes: [...scopes] });
}

/** Exchanges the tokens of a grant; both old ones stop working. */
export function renewGrant(world: XWorld, grant: Grant): Grant {
  return issue(world, grant);
}

function issue(
  world: XWorld,
  { grantId, userId, scopes }: Pick<Grant, 'grantId' | 'userId' | 'scopes'>,
): Grant {
  const grant: Grant = {
    grantId,
    userId,
    scopes,
    accessToken: newSecret(48),
    refreshToken: scopes.includes('offline.access') ? newSecret(48) : null,
    expiresAt: world.clock.now() + ACCESS_TOKEN_SECONDS * 1000,
  };
  world.journal.record({ type: 'grant-given', grant });
  return grant;
}
