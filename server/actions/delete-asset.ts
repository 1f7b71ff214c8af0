import type { Context } from '../context.ts';
import { assertMayDelete } from '../domain/asset.ts';
import { NotFound } from '../errors.ts';
import { Assets } from '../models/asset.ts';
import { bindingUses } from '../models/asset-uses.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Deletes an image for good. Throws RuleViolation while a text in review or approved, or a waiting post, carries it. */
export async function deleteAsset(
  context: Context,
  member: Actor,
  { asset: id }: { asset: string },
): Promise<void> {
  allow(member, 'library.edit');
  const asset = await Assets.findById(id).select('sha256').lean();
  if (!asset) throw new NotFound('There is no such image.');
  assertMayDelete(await bindingUses(id));
  await Assets.deleteOne({ _id: id });
  await recordEvent(context, {
    actor: member._id,
    verb: 'image deleted',
    subject: 'asset',
    subjectId: id,
    details: { sha256: asset.sha256 },
  });
}
