import { createHash } from 'node:crypto';
import { z } from 'zod';
import { usedByPages } from '../pages/routes.ts';

export interface XAccount {
  userId: string;
  username: string;
  name: string;
  description: string;
  /** The account of the person who answers for an automated account. */
  automatedBy: string | null;
  createdAt: string;
}

export const accountForm = z.strictObject({
  username: z
    .string()
    .regex(/^\w{1,15}$/, 'must be 1 to 15 letters, digits or underscores')
    .refine((name) => !usedByPages.includes(name.toLowerCase()), 'is taken'),
  name: z.string().min(1).max(50),
  description: z.string().max(160).default(''),
  automatedBy: z
    .string()
    .regex(/^\w{1,15}$/)
    .optional(),
});

export type AccountInput = z.input<typeof accountForm>;

/** Always the same id for a username, so that a rebuilt world is the same world. */
export function userIdOf(username: string): string {
  const hash = createHash('sha256').update(`x:${username.toLowerCase()}`).digest();
  return String(1_000_000_000_000_000_000n + (hash.readBigUInt64BE() % 99_999_999_999_999_999n));
}
