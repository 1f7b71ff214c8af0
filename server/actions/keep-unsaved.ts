import type { Context } from '../context.ts';
import { type ComposedThing, UnsavedDrafts, unsavedDraftId, unsavedUntil } from '../models/unsaved-draft.ts';
import { type Actor, allow } from './allow.ts';

export interface KeepUnsavedInput {
  about: ComposedThing;
  /** As the composer sends them. */
  fields: object;
}

/**
 * Keeps what a member is typing, so that a closed window loses nothing. It touches neither the message nor its
 * approval nor the trail: only saving does. Returns when it was kept.
 */
export async function keepUnsaved(
  context: Context,
  member: Actor,
  { about, fields }: KeepUnsavedInput,
): Promise<Date> {
  allow(member, 'messages.edit');
  const at = context.clock.now();
  await UnsavedDrafts.updateOne(
    { _id: unsavedDraftId(member._id, about) },
    { $set: { member: member._id, fields: JSON.stringify(fields), at, expiresAt: unsavedUntil() } },
    { upsert: true },
  );
  return at;
}

/** Throws away what a member typed and did not save. */
export async function dropUnsaved(member: Actor, about: ComposedThing): Promise<void> {
  await UnsavedDrafts.deleteOne({ _id: unsavedDraftId(member._id, about) });
}
