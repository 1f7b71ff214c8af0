import { model, Schema } from 'mongoose';
import { INTERFACE_LANGUAGES, type Member } from '../domain/member.ts';
import { ROLES } from '../domain/roles.ts';
import { isDemo, optionalDate, stringId, watched } from './document.ts';

export interface StoredMember extends Member {
  /** Argon2id; null until the invitation is accepted. */
  passwordHash: string | null;
}

const schema = new Schema<StoredMember>(
  {
    _id: stringId,
    name: { type: String, required: true },
    email: { type: String, required: true, lowercase: true, trim: true, unique: true },
    roles: { type: [{ type: String, enum: ROLES }], required: true },
    language: { type: String, enum: INTERFACE_LANGUAGES, default: 'en' },
    timeZone: { type: String, default: 'UTC' },
    passwordHash: { type: String, default: null },
    disabledAt: optionalDate,
    isDemo,
  },
  watched,
);

export const Members = model('Member', schema, 'members');
