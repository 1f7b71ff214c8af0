import { createHash } from 'node:crypto';
import { model, Schema } from 'mongoose';
import { ROLES, type Role } from '../domain/roles.ts';
import { optionalDate, optionalText, stringId } from './document.ts';

/** A one-time link into the house: the first one (`setup`), one that an administrator sends, or one to a new password. */
export interface Invitation {
  _id: string;
  kind: 'setup' | 'invitation' | 'password';
  /** SHA-256 of the token; the token itself is shown once and kept nowhere. */
  tokenHash: string;
  name: string;
  email: string | null;
  roles: Role[];
  /** Whose password it renews; null for the other kinds. */
  member: string | null;
  invitedBy: string | null;
  expiresAt: Date;
  acceptedAt: Date | null;
}

/** What is kept of a one-time token: SHA-256 in hex, enough for a secret of 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

const schema = new Schema<Invitation>({
  _id: stringId,
  kind: { type: String, enum: ['setup', 'invitation', 'password'], required: true },
  tokenHash: { type: String, required: true, unique: true },
  name: { type: String, default: '' },
  email: optionalText,
  roles: { type: [{ type: String, enum: ROLES }], required: true },
  member: optionalText,
  invitedBy: optionalText,
  expiresAt: { type: Date, required: true },
  acceptedAt: optionalDate,
});

export const Invitations = model('Invitation', schema, 'invitations');
