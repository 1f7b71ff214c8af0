import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { NearDuplicates } from '../models/near-duplicate.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Says of entries that are much alike that all of them stay; these pairs are not asked about again. */
export async function keepApart(
  context: Context,
  member: Actor,
  { pairs }: { pairs: readonly string[] },
): Promise<void> {
  allow(member, 'library.edit');
  const open = await NearDuplicates.find({ _id: trusted({ $in: [...pairs] }), isKept: false }).lean();
  if (open.length === 0) return;
  await NearDuplicates.updateMany(
    { _id: trusted({ $in: open.map(({ _id }) => _id) }) },
    { $set: { isKept: true, decidedBy: member._id, decidedAt: context.clock.now() } },
  );
  await recordEvent(context, {
    actor: member._id,
    verb: 'entries kept apart',
    subject: open[0]?.noun ?? 'answer',
    subjectId: open[0]?.pair[0] ?? '',
    details: { pairs: open.map(({ _id }) => _id) },
  });
}
