import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod';
import { toBase32 } from './cid.ts';

export interface BlueskyAccount {
  did: string;
  /** The whole handle, with the domain. */
  username: string;
  name: string;
  description: string;
  automatedBy: null;
  createdAt: string;
  /** Opens sessions, in the form that Bluesky gives app passwords. */
  appPassword: string;
}

/** Nobody can own a name under .test (RFC 6761), so no handle of the rehearsal is a real person's. */
const HANDLE_DOMAIN = 'bsky.test';

export const accountForm = z.strictObject({
  username: z
    .string()
    .transform((name) => name.toLowerCase().replaceAll('_', '-').replace(`.${HANDLE_DOMAIN}`, ''))
    .pipe(
      z.string().regex(/^[a-z0-9]([a-z0-9-]{0,16}[a-z0-9])?$/, 'must be 1 to 18 letters, digits or hyphens'),
    ),
  name: z.string().min(1).max(64),
  description: z.string().max(256).default(''),
});

export type AccountInput = z.input<typeof accountForm>;

export function handleOf(username: string): string {
  return `${username.toLowerCase().replaceAll('_', '-')}.${HANDLE_DOMAIN}`;
}

/** Always the same id for a handle, so that a rebuilt world is the same world. */
export function didOf(handle: string): string {
  const hash = createHash('sha256').update(`bluesky:${handle}`).digest();
  return `did:plc:${toBase32(hash).slice(0, 24)}`;
}

/** Four times four letters. */
export function newAppPassword(): string {
  const four = () =>
    Array.from({ length: 4 }, () => 'abcdefghijklmnopqrstuvwxyz234567'[randomInt(32)]).join('');
  return [four(), four(), four(), four()].join('-');
}
