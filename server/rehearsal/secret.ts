import { randomBytes } from 'node:crypto';

/** A new secret of `bytes` random bytes, in letters that need no escaping. */
export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
