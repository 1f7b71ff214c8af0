import { z } from 'zod';
import { instanceOf } from '../../domain/instance.ts';
import type { Credential } from '../platform.ts';

const given = z.string().min(1);

const shape = z.object({
  /** Host name of the account's server. */
  instance: given.refine(isInstance),
  accessToken: given,
  clientId: given.optional(),
  clientSecret: given.optional(),
  remoteId: given.optional(),
});

export type MastodonCredential = z.infer<typeof shape>;

export const INCOMPLETE = 'The stored credential is not complete. Connect the account again.';

/** null when it does not name a server and a token for it. Access tokens of Mastodon do not run out. */
export function readCredential(credential: Credential): MastodonCredential | null {
  return shape.safeParse(credential).data ?? null;
}

/** The name of a server and nothing else: whatever else stands there could lead a request astray. */
export function isInstance(name: string): boolean {
  try {
    return instanceOf(name) === name;
  } catch {
    return false;
  }
}
