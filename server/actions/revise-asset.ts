import type { Context } from '../context.ts';
import { type AssetWords, assertDescribed } from '../domain/asset.ts';
import { NotFound } from '../errors.ts';
import { Assets, WITHOUT_BYTES } from '../models/asset.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';

/**
 * Changes the words of an image; texts that carry it keep the alt text that they have. Throws RuleViolation without
 * an alt text, Conflict when somebody else saved in between.
 */
export async function reviseAsset(
  context: Context,
  member: Actor,
  { asset: id, version, ...words }: AssetWords & { asset: string; version: number },
): Promise<void> {
  allow(member, 'library.edit');
  assertDescribed(words);
  const asset = await Assets.findById(id).select(WITHOUT_BYTES);
  if (!asset) throw new NotFound('There is no such image.');
  assertCurrent(asset, version);
  asset.set({ ...words, purpose: words.quotesExtremists ? words.purpose : '' });
  await asset.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'image changed',
    subject: 'asset',
    subjectId: id,
    details: { origin: words.origin, quotesExtremists: words.quotesExtremists },
  });
}
