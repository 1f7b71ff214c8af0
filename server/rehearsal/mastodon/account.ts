import { createHash } from 'node:crypto';
import { z } from 'zod';
import { usedByPages } from '../pages/routes.ts';

/** The one server of this network; the Host header of its API. */
export const INSTANCE = 'social.rehearsal.example';

export interface MastodonAccount {
  userId: string;
  username: string;
  name: string;
  description: string;
  /** The account of the person who answers for an automated account. */
  automatedBy: string | null;
  createdAt: string;
}

const username = z.string().regex(/^\w{1,30}$/, 'must be 1 to 30 letters, digits or underscores');

export const accountForm = z.strictObject({
  username: username.refine((name) => !usedByPages.includes(name.toLowerCase()), 'is taken'),
  name: z.string().min(1).max(30),
  description: z.string().max(500).default(''),
  automatedBy: username.optional(),
});

export type AccountInput = z.input<typeof accountForm>;

/** Always the same id for a username, so that a rebuilt world is the same world. */
export function userIdOf(name: string): string {
  const hash = createHash('sha256').update(`mastodon:${name.toLowerCase()}`).digest();
  return String(110_000_000_000_000_000n + (hash.readBigUInt64BE() % 9_999_999_999_999_999n));
}
