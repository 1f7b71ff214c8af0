import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { CAP_AT_FIRST, type Exposure, exposureDays } from '../domain/exposure.ts';
import type { Member } from '../domain/member.ts';
import { ExposureCaps, ExposureDays, exposureIds } from '../models/exposure.ts';

/** What one member sees of their own openings. */
export interface OwnExposure extends Exposure {
  /** `YYYY-MM-DD` in the member's own zone, today first. */
  days: readonly { day: string; count: number }[];
}

/** How much a member opened lately. For that member alone: hand over whoever asks, nobody else (domain rule 9). */
export async function ownExposure(
  { clock, vault }: Context,
  asking: Pick<Member, '_id' | 'timeZone'>,
): Promise<OwnExposure> {
  const ids = exposureIds(vault, asking._id);
  const days = exposureDays(clock.now(), asking.timeZone);
  const [kept, chosen] = await Promise.all([
    ExposureDays.find({ _id: trusted({ $in: days.map(ids.day) }) }).lean(),
    ExposureCaps.findById(ids.cap).lean(),
  ]);
  const counts = new Map(kept.map(({ _id, count }) => [_id, count]));
  const counted = days.map((day) => ({ day, count: counts.get(ids.day(day)) ?? 0 }));
  return { openedToday: counted[0]?.count ?? 0, cap: chosen ? chosen.cap : CAP_AT_FIRST, days: counted };
}
