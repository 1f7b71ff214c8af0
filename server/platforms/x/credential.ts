import { z } from 'zod';
import type { Credential } from '../platform.ts';

const given = z.string().min(1);

/** Keys of an application and of one account, typed in by a person; they do not run out. */
const oauth1 = z.object({
  appKey: given,
  appSecret: given,
  accessToken: given,
  accessSecret: given,
  remoteId: given.optional(),
});

/** Tokens from the connect flow; the refresh token is good for one use. */
const oauth2 = z.object({
  clientId: given,
  clientSecret: z.string().optional(),
  accessToken: given,
  refreshToken: given,
  expiresAt: z.iso.datetime(),
  remoteId: given.optional(),
});

const shape = z.union([oauth1, oauth2]);

export type XCredential = z.infer<typeof shape>;
export type XOAuth2Credential = z.infer<typeof oauth2>;

export const INCOMPLETE = 'The stored credential is not complete. Connect the account again.';

/** null when it is neither of the two kinds that X knows. */
export function readCredential(credential: Credential): XCredential | null {
  return shape.safeParse(credential).data ?? null;
}

export function isOAuth2(credential: XCredential): credential is XOAuth2Credential {
  return 'refreshToken' in credential;
}
