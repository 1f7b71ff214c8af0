import { z } from 'zod';
import type { Credential } from '../platform.ts';

const given = z.string().min(1);

/**
 * A session. The app password that opened it is not kept: whoever steals a session can be shut out by deleting the
 * app password, and a session dies by itself.
 */
const hostName = z.string().regex(/^[a-z0-9.-]+$/);

/**
 * A session. The app password that opened it is not kept: whoever steals a session can be shut out by deleting the
 * app password, and a session dies by itself.
 */
const shape = z.object({
  /** Host name of the server where the session was opened, and is renewed. */
  instance: hostName,
  /** Host name of the server that holds the account's records, if another. */
  pds: hostName.optional(),
  did: z.string().startsWith('did:'),
  handle: given,
  accessToken: given,
  refreshToken: given,
  expiresAt: z.iso.datetime(),
});

export type BlueskyCredential = z.infer<typeof shape>;

export const INCOMPLETE = 'The stored credential is not complete. Connect the account again.';

export function readCredential(credential: Credential): BlueskyCredential | null {
  return shape.safeParse(credential).data ?? null;
}
