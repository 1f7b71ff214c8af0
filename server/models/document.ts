import { Types } from 'mongoose';

/** Ids are strings of 24 hex digits that sort by time of creation, the same in every room. */
export function newId(): string {
  return new Types.ObjectId().toHexString();
}

/** The `_id` every schema begins with. */
export const stringId = { type: String, default: newId };

/** A text that may be empty but is never missing. */
export const text = { type: String, default: '' };

/** A value that is null until it is known. */
export const optionalDate = { type: Date, default: null };
export const optionalText = { type: String, default: null };
export const optionalNumber = { type: Number, default: null };

export const isDemo = { type: Boolean, default: false, index: true };

/** Saves fail with a VersionError when somebody else saved in between. */
export const watched = { timestamps: true, optimisticConcurrency: true, versionKey: 'version' } as const;

/** A document as it is stored: with the version that a form carries, so that a stale save is noticed. */
export type Versioned<T> = T & { version: number };
