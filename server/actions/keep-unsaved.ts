import type { Context } from '../context.ts';
import type { Asset } from '../domain/asset.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messages } from '../models/message.ts';
import { type ComposedThing, UnsavedDrafts, unsavedDraftId, unsavedUntil } from '../models/unsaved-draft.ts';
import { type Actor, allow } from './allow.ts';

export interface KeepUnsavedInput {
  about: ComposedThing;
  /** As the composer sends them. */
  fields: object;
}

/**
 * Keeps what a member is typing, so that a closed window loses nothing. It touches neither the message nor its
 * approval nor the trail: only saving does. Returns when it was kept. Throws NotFound when what it is about is gone.
 */
export async function keepUnsaved(
  context: Context,
  member: Actor,
  { about, fields }: KeepUnsavedInput,
): Promise<Date> {
  allow(member, 'messages.edit');
  const found =
    'message' in about
      ? await Messages.exists({ _id: about.message })
      : await Campaigns.exists({ _id: about.campaign });
  if (!found) throw new NotFound('There is no such message or campaign.');
  const at = context.clock.now();
  await UnsavedDrafts.updateOne(
    { _id: unsavedDraftId(member._id, about) },
    { $set: { member: member._id, fields: JSON.stringify(fields), at, expiresAt: unsavedUntil() } },
    { upsert: true },
  );
  return at;
}

interface Attaching {
  about: ComposedThing;
  /** Number of the text, from 0. */
  variant: number;
  asset: Pick<Asset, '_id' | 'altText'>;
}

/**
 * Puts an image of the library into one of the texts that a member is writing, with the words that stand for it. Does
 * nothing when what they typed is not kept any more, or has no such text.
 */
export async function attachToUnsaved(member: Actor, { about, variant, asset }: Attaching): Promise<void> {
  allow(member, 'messages.edit');
  const _id = unsavedDraftId(member._id, about);
  let isDone = false;
  while (!isDone) {
    const kept = await UnsavedDrafts.findById(_id).lean();
    const fields = kept && withImage(kept.fields, { variant, asset });
    if (!fields) return;
    // Another window may keep what is typed there meanwhile: then the image goes into that.
    const { matchedCount } = await UnsavedDrafts.updateOne(
      { _id, fields: kept.fields },
      { $set: { fields } },
    );
    isDone = matchedCount > 0;
  }
}

/** The fields of a composer, as they are kept, with an image behind the others of a text; null when it is not there. */
function withImage(kept: string, { variant, asset }: Omit<Attaching, 'about'>): string | null {
  const fields = JSON.parse(kept) as { variants?: ({ images?: unknown } | null)[] };
  const text = Array.isArray(fields.variants) ? fields.variants[variant] : undefined;
  if (typeof text !== 'object' || text === null) return null;
  const images = Array.isArray(text.images) ? text.images : [];
  text.images = [...images, { asset: asset._id, altText: asset.altText }];
  return JSON.stringify(fields);
}

/** Throws away what a member typed and did not save. */
export async function dropUnsaved(member: Actor, about: ComposedThing): Promise<void> {
  await UnsavedDrafts.deleteOne({ _id: unsavedDraftId(member._id, about) });
}
