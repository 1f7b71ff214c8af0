import { model, Schema } from 'mongoose';

/** What a member typed into a composer and has not saved yet: theirs alone, and no part of the message. */
export interface UnsavedDraft {
  _id: string;
  member: string;
  /** The form's fields as they were sent, as JSON: their names come from outside. */
  fields: string;
  at: Date;
  /** By the database's own clock. */
  expiresAt: Date;
}

const KEPT_MS = 30 * 24 * 60 * 60_000;

const schema = new Schema<UnsavedDraft>(
  {
    _id: String,
    member: { type: String, required: true },
    fields: { type: String, required: true },
    at: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const UnsavedDrafts = model('UnsavedDraft', schema, 'unsaved-drafts');

/** When something that is kept now is kept no longer. */
export function unsavedUntil(): Date {
  return new Date(Date.now() + KEPT_MS);
}

/** One for each member and message, or each member and campaign while the message is new. */
export function unsavedDraftId(member: string, about: ComposedThing): string {
  return 'message' in about ? `${member} message ${about.message}` : `${member} campaign ${about.campaign}`;
}

export type ComposedThing = { message: string } | { campaign: string };
