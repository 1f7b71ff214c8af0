import type { Context } from '../context.ts';
import type { Member } from '../domain/member.ts';
import { ExposureCaps, exposureIds } from '../models/exposure.ts';

/**
 * Sets after how many openings a day a member is asked to take a break; null asks never. Nobody else learns of it,
 * so the trail does not either (domain rule 9).
 */
export async function chooseExposureCap(
  { vault }: Context,
  member: Pick<Member, '_id'>,
  { cap }: { cap: number | null },
): Promise<void> {
  await ExposureCaps.updateOne(
    { _id: exposureIds(vault, member._id).cap },
    { $set: { cap } },
    { upsert: true },
  );
}
