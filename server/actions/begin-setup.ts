import type { Context } from '../context.ts';
import { ROLES } from '../domain/roles.ts';
import { Invitations } from '../models/invitation.ts';
import { Members } from '../models/member.ts';
import { makeToken } from './one-time-token.ts';

const VALID_DAYS = 7;

/**
 * Opens the way in for the first member and returns the token of its link; null when somebody is a member already.
 * An earlier link that was not used stops working.
 */
export async function beginSetup(context: Context): Promise<string | null> {
  if (await Members.exists({})) return null;
  const { token, tokenHash } = makeToken();
  await Invitations.deleteMany({ kind: 'setup', acceptedAt: null });
  await Invitations.create({
    kind: 'setup',
    tokenHash,
    roles: [...ROLES],
    expiresAt: new Date(context.clock.now().getTime() + VALID_DAYS * 86_400_000),
  });
  return token;
}
