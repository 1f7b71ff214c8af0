import { type ComposedThing, UnsavedDrafts, unsavedDraftId } from '../models/unsaved-draft.ts';

export type { ComposedThing };

/** What a member typed and has not saved, as the form sent it; null: nothing. */
export async function unsavedDraft(
  member: string,
  about: ComposedThing,
): Promise<{ fields: object; at: Date } | null> {
  const kept = await UnsavedDrafts.findById(unsavedDraftId(member, about)).lean();
  return kept && { fields: JSON.parse(kept.fields) as object, at: kept.at };
}
